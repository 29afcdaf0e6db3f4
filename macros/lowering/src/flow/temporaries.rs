//! Temporaries that outlive an await.
//!
//! The temporaries of an awaited operand live to the end of the statement, so across the await. [`Builder::pinned`] gives
//! each a variable of its own, filled in where the temporary would be made: `lock.get().load()` becomes
//! `guard.put(lock.get()).place.load()`.
//!
//! Reference: destructors.scope.temporary, destructors.scope.lifetime-extension.

use syn::{Expr, Ident, Pat, UnOp, parse_quote};

use super::build::{Builder, refused};
use super::constants::{is_constant, is_promoted_receiver, refers_to_constant};
use super::operators::is_comparison;
use super::receivers::late_part;
use crate::macro_calls::{self, ArgumentMode, Call};
use crate::resolve::{Use, node_of};

impl Builder {
    /// `expr`, a value without awaits, with its temporaries in variables of the statement.
    pub fn pinned(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Paren(mut inner) => {
                *inner.expr = self.pinned(*inner.expr);
                Expr::Paren(inner)
            }
            Expr::Group(mut inner) => {
                *inner.expr = self.pinned(*inner.expr);
                Expr::Group(inner)
            }
            Expr::Cast(mut cast) => {
                *cast.expr = self.pinned(*cast.expr);
                Expr::Cast(cast)
            }
            Expr::Try(mut inner) => {
                *inner.expr = self.pinned(*inner.expr);
                Expr::Try(inner)
            }
            Expr::Unary(mut unary) => {
                let operand = *unary.expr;
                *unary.expr = match unary.op {
                    UnOp::Deref(_) => self.pinned_place(operand),
                    _ => self.pinned(operand),
                };
                Expr::Unary(unary)
            }
            Expr::Tuple(mut tuple) => {
                tuple.elems = tuple
                    .elems
                    .into_iter()
                    .map(|element| self.pinned(element))
                    .collect();
                if tuple.elems.len() == 1 {
                    tuple.elems.push_punct(Default::default());
                }
                Expr::Tuple(tuple)
            }
            Expr::Array(mut array) => {
                array.elems = array
                    .elems
                    .into_iter()
                    .map(|element| self.pinned(element))
                    .collect();
                Expr::Array(array)
            }
            Expr::Call(mut call) => {
                if !is_place(&call.func) && late_part(&call.func).is_none() {
                    // A closure that is called by reference lives on.
                    let callee = self.pinned((*call.func).clone());
                    let lent = self.lent_temporary(callee, node_of(&call.attrs), "callee");
                    *call.func = parse_quote!((#lent));
                }
                call.args = call
                    .args
                    .into_iter()
                    .map(|argument| self.pinned(argument))
                    .collect();
                Expr::Call(call)
            }
            Expr::Struct(mut literal) => {
                for field in &mut literal.fields {
                    field.expr = self.pinned(field.expr.clone());
                }
                Expr::Struct(literal)
            }
            Expr::Range(mut range) => {
                range.start = range.start.map(|end| Box::new(self.pinned(*end)));
                range.end = range.end.map(|end| Box::new(self.pinned(*end)));
                Expr::Range(range)
            }
            Expr::Binary(mut binary) => {
                if !matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_))
                    && !is_assignment(&binary.op)
                {
                    let compares = is_comparison(&binary.op);
                    *binary.left = self.operand(*binary.left, compares);
                    *binary.right = self.operand(*binary.right, compares);
                }
                Expr::Binary(binary)
            }
            Expr::Reference(mut reference) => {
                if matches!(*reference.expr, Expr::Lit(_)) && reference.mutability.is_some() {
                    *reference.expr = self.in_a_temporary(*reference.expr);
                } else if self.is_static(&reference) {
                    return Expr::Reference(reference);
                } else if refers_to_constant(&reference) {
                    return self.promoted(reference);
                } else if is_told_its_type(&reference.expr) {
                    let value = self.pinned(*reference.expr);
                    let variable = self.temporary("temporary");
                    return self.referred_to(variable, value, reference.mutability.is_some());
                } else {
                    *reference.expr = self.pinned_place(*reference.expr);
                }
                Expr::Reference(reference)
            }
            Expr::Field(_) | Expr::Index(_) => self.pinned_place(expr),
            Expr::MethodCall(mut call) if self.is_own_call(&call) => {
                call.args = call
                    .args
                    .into_iter()
                    .map(|argument| self.pinned(argument))
                    .collect();
                Expr::MethodCall(call)
            }
            Expr::MethodCall(mut call) => {
                let node = node_of(&call.attrs);
                let receiver = *call.receiver;
                *call.receiver =
                    if self.is_lent(&receiver) || is_promoted_receiver(&call.method, &receiver) {
                        receiver
                    } else if is_used_up(&call.method, &receiver) {
                        self.pinned(receiver)
                    } else if is_place(&receiver) {
                        self.pinned_place(receiver)
                    } else if let (Some(node), true) = (node, is_constant(&receiver)) {
                        self.promoted_receiver(receiver, node)
                    } else {
                        let value = self.pinned(receiver);
                        self.lent_temporary(value, node, "temporary")
                    };
                call.args = call
                    .args
                    .into_iter()
                    .map(|argument| self.pinned(argument))
                    .collect();
                Expr::MethodCall(call)
            }
            Expr::Match(mut matching) => {
                *matching.expr = self.pinned_place(*matching.expr);
                Expr::Match(matching)
            }
            Expr::Macro(mut mac) => {
                if let Call::Unknown(_) | Call::Opaque = macro_calls::read(&mac.mac) {
                    self.refusals.push(refused(
                        &mac.mac.path,
                        "a macro that is not known within a statement that awaits later: temporaries that it makes would live past the `.await`",
                        "evaluate it before: `let value = ..!(..);`",
                    ));
                }
                if let Call::Arguments(mut list) = macro_calls::read(&mac.mac) {
                    if let [argument] = list.arguments.as_slice() {
                        if argument.mode == ArgumentMode::Pinned {
                            let value = self.pinned(argument.expr.clone());
                            let variable = self.temporary("pinned");
                            return self.pin_in(variable, value);
                        }
                    }
                    let mut touched = false;
                    for argument in &mut list.arguments {
                        if argument.mode == ArgumentMode::Value {
                            argument.expr = self.pinned(argument.expr.clone());
                            touched = true;
                        }
                    }
                    if touched {
                        mac.mac = list.rebuild();
                    }
                }
                Expr::Macro(mac)
            }
            Expr::Repeat(mut repeat) => {
                *repeat.expr = self.pinned(*repeat.expr);
                Expr::Repeat(repeat)
            }
            other => other,
        }
    }

    /// An operand of an operator. One that `compares` takes it by reference, so that it lives on, if it is a temporary.
    fn operand(&mut self, expr: Expr, compares: bool) -> Expr {
        if compares && is_compared_temporary(&expr) {
            self.pinned_place(expr)
        } else {
            self.pinned(expr)
        }
    }

    /// `expr`, used as a place: a value gets a variable.
    pub fn pinned_place(&mut self, expr: Expr) -> Expr {
        match expr {
            // An output is a value: what borrows it needs it to live to the statement's end, no longer.
            Expr::Path(_) if !self.is_value(&expr) => {
                self.lasts(&expr);
                expr
            }
            Expr::Paren(mut inner) => {
                *inner.expr = self.pinned_place(*inner.expr);
                Expr::Paren(inner)
            }
            Expr::Group(mut inner) => {
                *inner.expr = self.pinned_place(*inner.expr);
                Expr::Group(inner)
            }
            Expr::Field(mut field) => {
                *field.base = self.pinned_place(*field.base);
                Expr::Field(field)
            }
            Expr::Index(mut index) => {
                *index.expr = self.pinned_place(*index.expr);
                *index.index = self.pinned(*index.index);
                Expr::Index(index)
            }
            Expr::Unary(mut unary) if matches!(unary.op, UnOp::Deref(_)) => {
                *unary.expr = self.pinned_place(*unary.expr);
                Expr::Unary(unary)
            }
            Expr::Lit(_) => expr,
            Expr::MethodCall(call) if self.is_own_call(&call) => {
                self.pinned(Expr::MethodCall(call))
            }
            value => {
                let value = self.pinned(value);
                self.in_a_temporary(value)
            }
        }
    }

    /// A place that lives as long as the statement, with a value in it.
    fn in_a_temporary(&mut self, value: Expr) -> Expr {
        let variable = self.temporary("temporary");
        let held = self.held(variable);
        parse_quote!((*#held.fill(#value)))
    }

    /// A reference to the value in `variable`. It may be wanted as one to a slice, or to a type to whose parts the value's are coerced, so
    /// what is wanted must reach them: from what a function returns it reaches the argument. A closure is told more in `emit`.
    fn referred_to(&mut self, variable: usize, value: Expr, exclusive: bool) -> Expr {
        let held = self.held(variable);
        match exclusive {
            true => parse_quote!(#held.exclusive(#value)),
            false => parse_quote!(#held.shared(#value)),
        }
    }

    /// A temporary that its node's expression consumes or borrows.
    pub fn lent_temporary(&mut self, value: Expr, node: Option<usize>, wish: &str) -> Expr {
        let variable = self.temporary(wish);
        let held = self.held(variable);
        match node {
            Some(node) => {
                self.questions.insert(node);
                let site = quote::format_ident!("__site_{}", node);
                parse_quote!(#held.put(#site, #value).place)
            }
            None => parse_quote!((*#held.fill(#value))),
        }
    }

    /// `held.lend(..).place`: a receiver that has its place already.
    pub(super) fn is_lent(&self, receiver: &Expr) -> bool {
        late_part(receiver).is_some()
            || matches!(receiver, Expr::Field(field) if matches!(&*field.base, Expr::MethodCall(call) if self.is_own_call(call)))
    }

    /// The lowering's own `held.fill(..)` and the like.
    fn is_own_call(&self, call: &syn::ExprMethodCall) -> bool {
        let mention = self.names.mention_of(&call.receiver);
        mention.is_some_and(|mention| mention.usage == Use::Held)
    }

    /// A mention of the variable itself.
    pub fn held(&mut self, variable: usize) -> syn::Ident {
        self.names
            .mention_ident(variable, Use::Held, None, proc_macro2::Span::call_site())
    }

    /// The initialiser of a `let`, which may await: the temporaries whose lives it extends become variables of the block.
    pub fn extend(&mut self, expr: Expr, pattern: &Pat) -> Expr {
        if crate::resolve::binds_by_reference(pattern) && !is_place(&expr) {
            return self.extend_operand(expr);
        }
        self.extend_within(expr)
    }

    /// A pinned reference to what `variable` is filled with.
    fn pin_in(&mut self, variable: usize, value: Expr) -> Expr {
        let held = self.held(variable);
        // SAFETY of the emitted code: a temporary's place stays where it is, and nothing else can name it.
        parse_quote!(unsafe { ::core::pin::Pin::new_unchecked(&mut *#held.fill(#value)) })
    }

    fn extend_within(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Reference(mut reference) => {
                if self.is_static(&reference) {
                    return Expr::Reference(reference);
                }
                if is_told_its_type(&reference.expr) {
                    let value = self.extend_within(*reference.expr);
                    let variable = self.extended("extended");
                    return self.referred_to(variable, value, reference.mutability.is_some());
                }
                *reference.expr = self.extend_operand(*reference.expr);
                Expr::Reference(reference)
            }
            Expr::Paren(mut inner) => {
                *inner.expr = self.extend_within(*inner.expr);
                Expr::Paren(inner)
            }
            Expr::Cast(mut cast) => {
                *cast.expr = self.extend_within(*cast.expr);
                Expr::Cast(cast)
            }
            Expr::Tuple(mut tuple) => {
                for element in &mut tuple.elems {
                    *element = self.extend_within(element.clone());
                }
                Expr::Tuple(tuple)
            }
            Expr::Array(mut array) => {
                for element in &mut array.elems {
                    *element = self.extend_within(element.clone());
                }
                Expr::Array(array)
            }
            Expr::Struct(mut literal) => {
                for field in &mut literal.fields {
                    field.expr = self.extend_within(field.expr.clone());
                }
                Expr::Struct(literal)
            }
            Expr::Call(mut call) if is_constructor(&call.func) => {
                for argument in &mut call.args {
                    *argument = self.extend_within(argument.clone());
                }
                Expr::Call(call)
            }
            Expr::Macro(mac) => match macro_calls::read(&mac.mac) {
                Call::Arguments(list)
                    if list
                        .arguments
                        .iter()
                        .any(|argument| argument.mode == ArgumentMode::Pinned) =>
                {
                    let value = list.arguments[0].expr.clone();
                    let variable = self.extended("pinned");
                    self.pin_in(variable, value)
                }
                _ => Expr::Macro(mac),
            },
            Expr::Group(mut inner) => {
                *inner.expr = self.extend_within(*inner.expr);
                Expr::Group(inner)
            }
            Expr::Block(mut block) if block.label.is_none() => {
                self.extend_tail(&mut block.block);
                Expr::Block(block)
            }
            Expr::Unsafe(mut block) => {
                self.extend_tail(&mut block.block);
                Expr::Unsafe(block)
            }
            Expr::If(mut branch) if branch.else_branch.is_some() => {
                self.extend_tail(&mut branch.then_branch);
                branch.else_branch = branch
                    .else_branch
                    .map(|(token, otherwise)| (token, Box::new(self.extend_within(*otherwise))));
                Expr::If(branch)
            }
            Expr::Match(mut matching) => {
                for arm in &mut matching.arms {
                    *arm.body = self.extend_within((*arm.body).clone());
                }
                Expr::Match(matching)
            }
            other => other,
        }
    }

    /// The tail of a block whose value a `let` binds.
    fn extend_tail(&mut self, block: &mut syn::Block) {
        if let Some(syn::Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            *tail = self.extend_within(tail.clone());
        }
    }

    fn extend_operand(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Path(_) => expr,
            Expr::Paren(mut inner) => {
                *inner.expr = self.extend_operand(*inner.expr);
                Expr::Paren(inner)
            }
            Expr::Field(mut field) => {
                *field.base = self.extend_operand(*field.base);
                Expr::Field(field)
            }
            Expr::Index(mut index) => {
                *index.expr = self.extend_operand(*index.expr);
                Expr::Index(index)
            }
            Expr::Unary(mut unary) if matches!(unary.op, UnOp::Deref(_)) => {
                *unary.expr = self.extend_within(*unary.expr);
                Expr::Unary(unary)
            }
            value => {
                let value = self.extend_within(value);
                let variable = self.extended("extended");
                let held = self.held(variable);
                parse_quote!((*#held.fill(#value)))
            }
        }
    }
}

pub(super) fn is_constructor(function: &Expr) -> bool {
    // Since Rust 1.89 the arguments of tuple structs and variants extend.
    matches!(function, Expr::Path(path) if path.path.segments.last().is_some_and(|segment| {
        segment.ident.to_string().starts_with(|first: char| first.is_uppercase())
    }))
}

/// Whether what is wanted of a reference to the value must reach it: each element is coerced, or a closure gets its signature by it.
fn is_told_its_type(value: &Expr) -> bool {
    match value {
        Expr::Array(_) | Expr::Tuple(_) | Expr::Closure(_) => true,
        Expr::Paren(inner) => is_told_its_type(&inner.expr),
        Expr::Group(inner) => is_told_its_type(&inner.expr),
        _ => false,
    }
}

/// `+=` and the like.
pub fn is_assignment(operator: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        operator,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// Whether the expression names a place, rather than making a value.
pub fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Index(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Group(inner) => is_place(&inner.expr),
        _ => false,
    }
}

/// Whether the operand of a comparison is a temporary that may have something to drop.
pub(super) fn is_compared_temporary(operand: &Expr) -> bool {
    match operand {
        Expr::Paren(inner) => is_compared_temporary(&inner.expr),
        Expr::Group(inner) => is_compared_temporary(&inner.expr),
        Expr::Lit(_) | Expr::Cast(_) => false,
        Expr::Unary(unary) if matches!(*unary.expr, Expr::Lit(_)) => false,
        _ => !is_place(operand),
    }
}

/// Whether the method takes the receiver by value whatever the array's elements are: where they are `Copy`, the compiler would
/// not tell that from a borrow. (Reference: edition 2021, `IntoIterator` for arrays.)
pub(super) fn is_used_up(method: &Ident, receiver: &Expr) -> bool {
    match receiver {
        Expr::Array(_) | Expr::Repeat(_) => method == "into_iter" || method == "map",
        Expr::Paren(inner) => is_used_up(method, &inner.expr),
        Expr::Group(inner) => is_used_up(method, &inner.expr),
        _ => false,
    }
}

/// Whether the pattern's types have no `Drop` of their own, so that taking all parts leaves nothing.
pub fn is_transparent(pattern: &Pat) -> bool {
    match pattern {
        Pat::TupleStruct(tuple) => {
            let name = tuple
                .path
                .segments
                .last()
                .map(|segment| segment.ident.to_string())
                .unwrap_or_default();
            ["Some", "Ok", "Err", "Ready", "Continue", "Break"].contains(&name.as_str())
                && tuple.elems.iter().all(is_transparent)
        }
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_transparent),
        Pat::Or(alternatives) => alternatives.cases.iter().all(is_transparent),
        Pat::Paren(inner) => is_transparent(&inner.pat),
        Pat::Ident(_) | Pat::Lit(_) | Pat::Path(_) | Pat::Range(_) => true,
        _ => false,
    }
}
