//! Arguments in, exit code out; nothing else.

use std::process::ExitCode;

/// Agreements are read and rendered as many small pieces of text: what hands out memory is a good part of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sideletter::cli::main()
}
