//! `{{#if}}` and `{{#unless}}` that refuse a name which is not there: the engine's own take it for false.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonTruthy, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable,
};

/// Which of the two.
#[derive(Clone, Copy)]
pub(crate) enum Condition {
    If,
    Unless,
}

impl HelperDef for Condition {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let asked = helper
            .param(0)
            .ok_or(RenderErrorReason::ParamNotFoundForIndex("if", 0))?;
        if asked.is_value_missing() {
            return Err(RenderError::strict_error(asked.relative_path()));
        }
        let holds = asked.value().is_truthy(false);
        let block = match (self, holds) {
            (Self::If, true) | (Self::Unless, false) => helper.template(),
            _ => helper.inverse(),
        };
        block.map_or(Ok(()), |block| block.render(engine, context, state, out))
    }
}
