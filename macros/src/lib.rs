//! The `#[state_future]` attribute: a thin shell around `state-future-lowering`.

use proc_macro::TokenStream;

/// Lowers `async fn`s into explicit enum state machines.
///
/// # Where it goes
///
/// - On a free function, wherever it stands: in a module, in another function, in what `macro_rules!` expands to.
/// - On a method or associated function of an inherent `impl` block, with any kind of `self`. An associated function that
///   uses its block's generic parameters but neither `self` nor `Self` needs the attribute on the block.
/// - On a whole `impl` block, inherent or of a trait: every `async fn` in it is lowered, all else stays. For the methods of
///   a trait this is the only way: a single method has no room for what stands beside it.
/// - On a default method of a trait, or on the whole `trait` block. On a single method the trait gets hidden provided
///   methods; on the block it does not, which is better for a public trait.
///
/// # With other attributes
///
/// `#[state_future]` stands above attributes that transform the function, such as `#[tokio::test]`, `#[tokio::main]`,
/// `#[async_trait]` or `#[tracing::instrument]`: these then see an `async fn` that awaits the machine.
///
/// # Derived traits
///
/// `#[derive(Debug, Clone, PartialEq, Eq, Hash)]` below the attribute goes to the machine, and with the feature `serde` of
/// `state-future` so do `Serialize` and `Deserialize`. All but `Debug` need a machine that holds no borrow of its own variables.
///
/// # Options
///
/// - `named`: the machine gets a name, the function's in `CamelCase`, or what `named = Name` says. `async fn fetch(..)`
///   becomes `fn fetch(..) -> Fetch<'_>`, and `Fetch::new(..)` equals calling it. The function, free or of an inherent `impl`
///   block that carries the attribute as a whole, may have lifetimes. A free function may have type parameters, if the types of what
///   lives across an await are declared: `let x: T = ..`, `let future: F = ..; future.await`.
/// - `migrate = function`: how to go on with what other code has saved, a `fn(&Saved<'_>) -> Option<&'static str>`.
/// - `crate = path`: where the crate `state_future` is found, if not at `::state_future`.
#[proc_macro_attribute]
pub fn state_future(options: TokenStream, item: TokenStream) -> TokenStream {
    state_future_lowering::expand(options.into(), item.into()).into()
}
