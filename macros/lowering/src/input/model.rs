//! What the other phases know about an annotated function.

use syn::{Attribute, Block, Ident, Pat, Signature, Type, Visibility};

/// One `async fn`, normalised: every lifetime in the signature has a name, `impl Trait` arguments are type parameters.
pub struct Function {
    /// Attributes that stay on the visible function (documentation, `cfg`, lints, ..), in source order.
    pub attributes: Vec<Attribute>,
    pub visibility: Visibility,
    /// The normalised signature, `async` still in place.
    pub signature: Signature,
    /// The parameters in source order, `self` included.
    pub parameters: Vec<Parameter>,
    /// The declared output, `()` where none is written.
    pub output: Type,
    /// The untouched body.
    pub body: Block,
}

/// One parameter of the function.
pub struct Parameter {
    /// The name under which the machine's builder receives the argument: the user's own name for a plain binding,
    /// `this` for `self`, `argument_1` for any other pattern.
    pub name: Ident,
    /// What the user wrote: a binding, `_`, or a destructuring pattern. `self` and `mut self` are the pattern `self`.
    pub pattern: Pat,
    pub ty: Type,
    pub is_self: bool,
}
