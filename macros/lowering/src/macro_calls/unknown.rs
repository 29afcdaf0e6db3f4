//! Macros nothing is known about.

use syn::Token;
use syn::parse::ParseStream;

use super::arguments::ArgumentMode;
use super::builder::Builder;

/// Reads expressions, optionally named, separated by commas, semicolons or `=>`. Every string literal among them is
/// taken for a format string: the macro may hand it on to the format family.
pub(super) fn read(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() {
        builder.optionally_named(input, ArgumentMode::Unknown)?;
        builder.last_may_be_format_string();
        if input.peek(Token![;]) {
            let semicolon: Token![;] = input.parse()?;
            builder.keep(semicolon);
        } else if input.peek(Token![=>]) {
            let arrow: Token![=>] = input.parse()?;
            builder.keep(arrow);
        } else {
            builder.comma_or_end(input)?;
        }
    }
    Ok(())
}
