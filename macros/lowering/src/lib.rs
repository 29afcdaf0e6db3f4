//! The compiler behind `#[state_future]`.

pub mod input;

use proc_macro2::TokenStream;

/// Expands the attribute on `item`.
pub fn expand(_options: TokenStream, item: TokenStream) -> TokenStream {
    item
}
