//! What may be entered, and in which words it is refused.
