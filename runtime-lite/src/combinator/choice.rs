//! Which of several futures ended first.

use core::convert::Infallible;

/// The output of the first of several futures, told apart by the future's place.
///
/// Places beyond the number of futures are of a type without values, so a `match` names only the places there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<
    A = Infallible,
    B = Infallible,
    C = Infallible,
    D = Infallible,
    E = Infallible,
    G = Infallible,
    H = Infallible,
    I = Infallible,
> {
    /// The first future's output.
    A(A),
    /// The second future's output.
    B(B),
    /// The third future's output.
    C(C),
    /// The fourth future's output.
    D(D),
    /// The fifth future's output.
    E(E),
    /// The sixth future's output.
    G(G),
    /// The seventh future's output.
    H(H),
    /// The eighth future's output.
    I(I),
}
