//! Templates that are parts of others (`{{> day made}}`, `{{#> page heading=title}}...{{/page}}`), filled where their data
//! stands: the engine's own way copies the data of every part, and each look into such a copy copies again.

use crate::error::{Error, Result};
use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement,
};
use handlebars::{
    BlockContext, BlockParamHolder, Context, Handlebars, Helper, HelperDef, HelperResult,
    JsonValue, Output, RenderContext, RenderError, RenderErrorReason, Renderable, StringOutput,
};
use std::collections::{BTreeMap, BTreeSet};

/// The helper by which a part is filled.
pub(super) const PART: &str = "part";

/// How the engine calls what stands between the two ends of a part.
const INSIDE: &str = "@partial-block";

/// The templates that stand as parts in one, itself changed so that they are filled in place.
pub(super) fn fill_in_place<'a>(
    template: &mut Template,
    names: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for element in &mut template.elements {
        let inner: Vec<&mut Template> = match element {
            TemplateElement::PartialExpression(part) | TemplateElement::PartialBlock(part) => {
                let name = part.name.as_name().and_then(|name| names.get(name));
                found.extend(name);
                part.template.iter_mut().collect()
            }
            TemplateElement::HelperBlock(helper) => helper
                .template
                .iter_mut()
                .chain(&mut helper.inverse)
                .collect(),
            TemplateElement::DecoratorBlock(inline) => inline.template.iter_mut().collect(),
            _ => Vec::new(),
        };
        for template in inner {
            found.extend(fill_in_place(template, names));
        }
        if let Some(changed) = in_place(element, names) {
            *element = changed;
        }
    }
    found
}

/// A part as a call of the helper; `None` for all else, and for a part that the engine sets in from the margin.
fn in_place(element: &TemplateElement, names: &BTreeSet<&str>) -> Option<TemplateElement> {
    let (part, is_block) = match element {
        TemplateElement::PartialExpression(part) => (part, false),
        TemplateElement::PartialBlock(part) => (part, true),
        _ => return None,
    };
    if part
        .indent
        .as_ref()
        .is_some_and(|indent| !indent.is_empty())
    {
        return None;
    }
    let name = part.name.as_name()?;
    if name == INSIDE && !is_block {
        return parsed("{{{partial_block}}}");
    }
    let name = names.get(name)?;
    let call = match parsed(&format!("{{{{{PART} this}}}}"))? {
        TemplateElement::Expression(call) => with(call, name, part)?,
        _ => return None,
    };
    Some(if is_block {
        TemplateElement::HelperBlock(call)
    } else {
        TemplateElement::Expression(call)
    })
}

fn parsed(text: &str) -> Option<TemplateElement> {
    Template::compile(text).ok()?.elements.into_iter().next()
}

/// The call `{{part this}}` for a part: with its name, its data and what it names besides.
fn with(
    mut call: Box<HelperTemplate>,
    name: &str,
    part: &DecoratorTemplate,
) -> Option<Box<HelperTemplate>> {
    let this = call.params.pop()?;
    let data = part.params.first().cloned().unwrap_or(this);
    call.params = vec![Parameter::Literal(JsonValue::String(name.to_owned())), data];
    call.hash.clone_from(&part.hash);
    call.template.clone_from(&part.template);
    call.block = part.template.is_some();
    Some(call)
}

/// Refuses templates that are parts of themselves: to fill one would never end. `parts`: those of each template.
///
/// # Errors
/// Names the circle.
pub(super) fn end_somewhere(parts: &BTreeMap<&str, BTreeSet<&str>>) -> Result<()> {
    let mut ended: BTreeSet<&str> = BTreeSet::new();
    let mut path: Vec<&str> = Vec::new();
    for name in parts.keys() {
        walk(name, parts, &mut ended, &mut path)?;
    }
    Ok(())
}

fn walk<'a>(
    name: &'a str,
    parts: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    ended: &mut BTreeSet<&'a str>,
    path: &mut Vec<&'a str>,
) -> Result<()> {
    if let Some(start) = path.iter().position(|earlier| *earlier == name) {
        let circle = path.iter().skip(start).chain([&name]);
        let circle: Vec<String> = circle.map(|name| format!("{name}.hbs")).collect();
        return Err(Error::failed(format!(
            "{}/{name}.hbs: it is a part of itself ({}): take one of these parts out",
            super::FOLDER,
            circle.join(" has ")
        )));
    }
    if !ended.contains(name) {
        path.push(name);
        for part in parts.get(name).into_iter().flatten() {
            walk(part, parts, ended, path)?;
        }
        path.pop();
        ended.insert(name);
    }
    Ok(())
}

/// Fills a template with data that stands in the data of another.
pub(super) struct Part;

impl HelperDef for Part {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let missing = |index| RenderErrorReason::ParamNotFoundForIndex(PART, index);
        let name = helper.param(0).and_then(|name| name.value().as_str());
        let name = name.ok_or_else(|| missing(0))?;
        let data = helper.param(1).ok_or_else(|| missing(1))?;
        if data.is_value_missing() {
            return Err(RenderError::strict_error(data.relative_path()));
        }
        let template = state
            .get_partial(name)
            .or_else(|| engine.get_template(name));
        let template =
            template.ok_or_else(|| RenderErrorReason::PartialNotFound(name.to_owned()))?;
        let mut block = BlockContext::new();
        match data.context_path() {
            Some(path) => block.base_path_mut().clone_from(path),
            None => block.set_base_value(data.value().clone()),
        }
        if let Some(parent) = state.block() {
            let inherited = parent.local_variables();
            block.local_variables_mut().clone_from(inherited);
        }
        for (key, value) in helper.hash() {
            block.set_block_param(key, BlockParamHolder::value(value.value().clone()));
        }
        state.push_block(block);
        let before = state.get_current_template_name();
        let filled = Self::fill(helper, template, engine, context, state, out);
        state.set_current_template_name(before);
        state.pop_block();
        filled
    }
}

impl Part {
    /// What stands between the two ends first, then what stands around it.
    fn fill<'reg: 'rc, 'rc>(
        helper: &Helper<'rc>,
        template: &'rc Template,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(inside) = helper.template() {
            let mut text = StringOutput::new();
            inside.render(engine, context, state, &mut text)?;
            let text = BlockParamHolder::value(JsonValue::String(text.into_string()?));
            if let Some(block) = state.block_mut() {
                block.set_block_param("partial_block", text);
            }
        }
        template.render(engine, context, state, out)
    }
}
