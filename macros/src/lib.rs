//! The `#[state_future]` attribute: a thin shell around `state-future-lowering`.

use proc_macro::TokenStream;

/// Lowers an `async fn` into an explicit enum state machine.
#[proc_macro_attribute]
pub fn state_future(options: TokenStream, item: TokenStream) -> TokenStream {
    state_future_lowering::expand(options.into(), item.into()).into()
}
