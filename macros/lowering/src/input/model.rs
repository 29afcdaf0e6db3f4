//! What the other phases know about an annotated item.

use syn::{Attribute, Block, Ident, ItemImpl, ItemTrait, Pat, Signature, Type, Visibility};

/// The item the attribute stands on.
pub enum Annotated {
    /// A function of a module or of another function's body.
    Free(Box<Function>),
    /// A single method or associated function, in an `impl` or `trait` block that cannot be seen.
    Method(Box<Function>),
    /// A whole inherent `impl` block.
    Inherent(Members<ItemImpl>),
    /// A whole `impl Trait for Type` block.
    TraitImpl(Members<ItemImpl>),
    /// A whole `trait` block.
    Trait(Members<ItemTrait>),
}

/// A block of which some items are lowered.
pub struct Members<Block> {
    /// The block as the user wrote it.
    pub block: Block,
    /// The functions to lower, each with its place among the block's items, in source order.
    pub functions: Vec<(usize, Function)>,
}

/// One `async fn`, normalised: every lifetime in the signature has a name, `impl Trait` arguments are type parameters.
pub struct Function {
    /// Attributes that stay on the visible function (documentation, `cfg`, lints, ..), in source order.
    pub attributes: Vec<Attribute>,
    pub visibility: Visibility,
    /// The signature as the user wrote it.
    pub original: Signature,
    /// The same with a name for every lifetime.
    pub explicit: Signature,
    /// The normalised signature, `async` still in place, each parameter a plain `name: Type` (or a form of
    /// `self`, `mut` and all).
    pub signature: Signature,
    /// The parameters in source order, `self` included.
    pub parameters: Vec<Parameter>,
    /// The declared output, normalised; `()` where none is written.
    pub output: Type,
    /// The untouched body.
    pub body: Block,
}

/// One parameter of the function.
pub struct Parameter {
    /// The name under which the machine's builder keeps the argument: the user's own name for a plain binding,
    /// `this` for `self`, `argument_1` for any other pattern, counted from the first parameter.
    pub name: Ident,
    /// What the user wrote: a binding, `_`, or a destructuring pattern. `self` is the pattern `self`, and `mut self` the
    /// pattern `mut self`, made of the user's own tokens.
    pub pattern: Pat,
    /// The normalised type. For `self` in any of its forms it is the type of `self`.
    pub ty: Type,
    pub is_self: bool,
}
