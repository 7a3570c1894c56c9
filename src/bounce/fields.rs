//! The fields of a report: `Name: value`, in blocks with an empty line between them.

/// The most blocks of one report that are looked at: one message has one recipient, and few of them hide many.
const BLOCKS: usize = 1_000;

/// One block.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of that name, which is in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(found, _)| found == name)?;
        Some(value.trim())
    }
}

/// The blocks of a part. A line that begins with a blank goes on with the one before; what is no field is left out.
pub(super) fn blocks(content: &[u8]) -> Vec<Fields> {
    let text = String::from_utf8_lossy(content);
    let mut blocks = vec![Fields::default()];
    for line in text.lines() {
        if line.trim().is_empty() {
            if blocks.last().is_some_and(|block| !block.0.is_empty()) {
                if blocks.len() == BLOCKS {
                    break;
                }
                blocks.push(Fields::default());
            }
            continue;
        }
        let Some(block) = blocks.last_mut() else {
            break;
        };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            block
                .0
                .push((name.trim().to_ascii_lowercase(), value.to_owned()));
        }
    }
    blocks
}
