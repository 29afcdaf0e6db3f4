//! Expressions with awaits in them.
//!
//! Operands are evaluated from left to right. What is evaluated before an await is kept in a variable; what is evaluated
//! after the last one stays in the expression.

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, parse_quote};

use super::build::Builder;
use super::contains::contains_await;
use super::future_names::future_name;
use super::ir::{Await, Operation};
use super::macros::ends_its_temporaries;
use super::operators::is_comparison;
use super::receivers::late_part;
use super::steady::{Steady, may_refer};
use super::tails::marked;
use super::temporaries::{is_assignment, is_place};
use crate::resolve::{Taken, Use, VariableId, mention_id, node_of};

impl Builder {
    /// The value of `expr` as an expression without awaits, to be evaluated next; or, if another await comes `later` in
    /// the same statement, evaluated already and kept.
    pub fn value(&mut self, expr: Expr, later: bool) -> syn::Result<Expr> {
        if !contains_await(&expr) {
            return if later { self.kept(expr) } else { Ok(expr) };
        }
        let value = self.awaiting(expr)?;
        let kept = match later {
            true => self.kept(value)?,
            false => value,
        };
        if let Some(variable) = self.temporary_of(&kept) {
            self.note_operand(variable);
        }
        Ok(kept)
    }

    /// Evaluates `expr` now.
    pub(super) fn kept(&mut self, expr: Expr) -> syn::Result<Expr> {
        if is_constant(&expr) || self.is_temporary(&expr) || self.captures_nothing(&expr) {
            return Ok(expr);
        }
        if self.stays_behind(&expr) {
            return self.spill(
                parse_quote!(__state_future::copied(&raw const #expr)),
                "operand",
            );
        }
        let value = self.lasting(expr)?;
        if self.is_temporary(&value) {
            return Ok(value);
        }
        let (refers, span) = (may_refer(&value), value.span());
        let operand = self.statement_variable(value, "operand")?;
        if refers {
            self.steady.push(Steady::Coerced { operand, span });
        }
        Ok(self.mention(operand, Use::Value))
    }

    /// A closure that captures nothing is the same wherever it is made. Where it stands, the types of its parameters are known.
    pub(super) fn captures_nothing(&self, expr: &Expr) -> bool {
        let Expr::Closure(closure) = expr else {
            return false;
        };
        struct Bound(Vec<syn::Ident>);
        impl<'ast> syn::visit::Visit<'ast> for Bound {
            fn visit_pat_ident(&mut self, binding: &'ast syn::PatIdent) {
                self.0.push(binding.ident.clone());
                syn::visit::visit_pat_ident(self, binding);
            }
        }
        let mut bound = Bound(Vec::new());
        syn::visit::Visit::visit_expr_closure(&mut bound, closure);
        let mut captures = false;
        crate::emit::for_each_ident(closure.to_token_stream(), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let variable = self.names.mentions[id].variable;
                captures |= !bound.0.contains(&self.names.variables[variable].name);
            }
        });
        !captures
    }

    /// The value of `expr` as an expression whose temporaries, those of tails within it as well, have variables.
    pub(super) fn lasting(&mut self, mut expr: Expr) -> syn::Result<Expr> {
        self.mark_tails(&mut expr);
        let value = self.whole(expr)?;
        Ok(self.pinned(value))
    }

    /// What has been marked is lowered, as if it awaited.
    pub(super) fn whole(&mut self, expr: Expr) -> syn::Result<Expr> {
        if contains_await(&expr) {
            self.awaiting(expr)
        } else {
            Ok(expr)
        }
    }

    /// A variable whose value is used again: what is kept of it is a copy or, if it is a unique reference, a reborrow, as
    /// far as the compiler will know from where it goes.
    fn stays_behind(&self, expr: &Expr) -> bool {
        let Some(mention) = self.names.mention_of(expr) else {
            return false;
        };
        let variable = &self.names.variables[mention.variable];
        mention.usage == Use::Value
            && !mention.last
            && mention.captured_by.is_none()
            && (variable.reference || variable.likely.is_none())
    }

    pub(super) fn is_temporary(&self, expr: &Expr) -> bool {
        self.temporary_of(expr).is_some()
    }

    fn temporary_of(&self, expr: &Expr) -> Option<VariableId> {
        let variable = self.names.mention_of(expr)?.variable;
        self.names.variables[variable].temporary.then_some(variable)
    }

    pub(super) fn values<'a>(
        &mut self,
        exprs: impl IntoIterator<Item = &'a mut Expr>,
    ) -> syn::Result<()> {
        let exprs: Vec<&mut Expr> = exprs.into_iter().collect();
        let last = exprs.iter().rposition(|expr| contains_await(expr));
        for (index, expr) in exprs.into_iter().enumerate() {
            let later = last.is_some_and(|last| index < last);
            *expr = self.value(expr.clone(), later)?;
        }
        Ok(())
    }

    /// Evaluates what is left of the operands, if some have been kept among temporaries: they are dropped in the order in which
    /// all of these were made, should one that is still to be evaluated panic.
    pub(super) fn settle(&mut self, expr: &mut Expr) -> syn::Result<()> {
        let operands: Vec<&mut Expr> = match expr {
            Expr::Paren(inner) => return self.settle(&mut inner.expr),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
            Expr::Array(array) => array.elems.iter_mut().collect(),
            Expr::Call(call) => call.args.iter_mut().collect(),
            Expr::MethodCall(call) => {
                if self.mentions_operand(&call.receiver) {
                    for argument in &mut call.args {
                        *argument = self.kept(argument.clone())?;
                    }
                    return Ok(());
                }
                call.args.iter_mut().collect()
            }
            Expr::Binary(binary) if !is_comparison(&binary.op) && !is_assignment(&binary.op) => {
                vec![&mut *binary.left, &mut *binary.right]
            }
            Expr::Struct(literal) if literal.rest.is_none() => {
                literal.fields.iter_mut().map(|one| &mut one.expr).collect()
            }
            Expr::Range(range) => {
                let ends = range.start.iter_mut().chain(&mut range.end);
                ends.map(|end| &mut **end).collect()
            }
            _ => return Ok(()),
        };
        let first = operands
            .iter()
            .position(|operand| self.mentions_operand(operand));
        let Some(first) = first else { return Ok(()) };
        for operand in operands.into_iter().skip(first + 1) {
            *operand = self.kept(operand.clone())?;
        }
        Ok(())
    }

    /// Whether the expression has an operand in it that has been kept.
    fn mentions_operand(&self, expr: &Expr) -> bool {
        self.names
            .has_mention(expr, |variable| self.outermost.contains(&variable))
    }

    /// An expression used as a place; it contains an await, or one follows.
    pub(super) fn place(&mut self, expr: Expr, later: bool) -> syn::Result<Expr> {
        match expr {
            Expr::Path(_) => {
                if later {
                    self.lasts(&expr);
                }
                Ok(expr)
            }
            Expr::Paren(inner) => self.place(*inner.expr, later),
            Expr::Group(inner) => self.place(*inner.expr, later),
            Expr::Field(mut field) => {
                *field.base = self.place(*field.base, later)?;
                Ok(Expr::Field(field))
            }
            Expr::Index(mut index) => {
                let awaits = contains_await(&index.index);
                *index.expr = self.place(*index.expr, later || awaits)?;
                if awaits {
                    self.found_late(&index.expr);
                }
                *index.index = self.value(*index.index, later)?;
                Ok(Expr::Index(index))
            }
            Expr::Unary(mut unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                if let (true, Some(variable)) = (later, self.filled_by(&unary.expr)) {
                    let fill = self.value(*unary.expr, false)?;
                    let fill = self.leaf(fill)?;
                    self.push(Operation::Evaluate(fill));
                    return Ok(self.mention(variable, Use::Place));
                }
                *unary.expr = self.place(*unary.expr, later)?;
                Ok(Expr::Unary(unary))
            }
            value if contains_await(&value) => {
                let mut value = value;
                if later {
                    // It stays, and so do the temporaries of its tails.
                    self.mark_tails(&mut value);
                }
                let value = self.awaiting(value)?;
                if later {
                    return self.evaluated(value);
                }
                // A block makes a temporary of a variable's value.
                Ok(if self.is_temporary(&value) {
                    parse_quote!(({ #value }))
                } else {
                    value
                })
            }
            value if later => self.evaluated(value),
            value => Ok(value),
        }
    }

    /// A constant that has something to drop would be a temporary of the statement; a path does not tell it from a static.
    pub(super) fn lasts(&mut self, path: &Expr) {
        let Expr::Path(expr) = path else { return };
        let segments: Vec<String> = expr
            .path
            .segments
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        let is_upper = |name: &String| name.starts_with(|first: char| first.is_uppercase());
        if let Some((last, modules)) = segments.split_last() {
            // These have nothing to drop, and here nobody would know their type.
            let is_inferred = last == "None" || last == "PhantomData";
            // An associated constant of a type parameter would never do.
            let is_constant = is_upper(last) && !modules.iter().any(is_upper);
            if expr.qself.is_none() && is_constant && !is_inferred {
                self.push(Operation::Evaluate(
                    parse_quote!(__state_future::lasts(&#path)),
                ));
            }
        }
    }

    /// A temporary of the statement that is made now, before what awaits next.
    pub(super) fn evaluated(&mut self, value: Expr) -> syn::Result<Expr> {
        let value = self.lasting(value)?;
        let variable = self.temporary("temporary");
        let held = self.held(variable);
        let fill = self.leaf(parse_quote!(#held.fill(#value)))?;
        self.push(Operation::Evaluate(fill));
        Ok(self.mention(variable, Use::Place))
    }

    /// The variable that an own call `held.fill(..)` fills.
    fn filled_by(&self, expr: &Expr) -> Option<usize> {
        let Expr::MethodCall(call) = expr else {
            return None;
        };
        let mention = self.names.mention_of(&call.receiver)?;
        (mention.usage == Use::Held && call.method == "fill").then_some(mention.variable)
    }

    pub(super) fn awaiting(&mut self, expr: Expr) -> syn::Result<Expr> {
        match expr {
            Expr::Await(inner) if marked(&inner).is_some() => {
                if let Some(part) = self.part_of_temporary(&inner.base)? {
                    return Ok(part);
                }
                let value = self.value(*inner.base, false)?;
                Ok(self.pinned(value))
            }
            Expr::Paren(mut inner) => {
                *inner.expr = self.awaiting(*inner.expr)?;
                Ok(if matches!(*inner.expr, Expr::Path(_)) {
                    *inner.expr
                } else {
                    Expr::Paren(inner)
                })
            }
            Expr::Group(inner) => self.awaiting(*inner.expr),
            expr => {
                self.level += 1;
                let value = self.parts(expr)?;
                self.level -= 1;
                Ok(value)
            }
        }
    }

    /// An expression with awaits in its parts.
    fn parts(&mut self, expr: Expr) -> syn::Result<Expr> {
        match expr {
            Expr::Await(inner) => self.suspend(inner),
            Expr::Try(mut inner) => {
                *inner.expr = self.value(*inner.expr, false)?;
                Ok(Expr::Try(inner))
            }
            Expr::Cast(mut cast) => {
                *cast.expr = self.value(*cast.expr, false)?;
                Ok(Expr::Cast(cast))
            }
            Expr::Unary(mut unary) => {
                *unary.expr = match unary.op {
                    syn::UnOp::Deref(_) => self.place(*unary.expr, false)?,
                    _ => self.value(*unary.expr, false)?,
                };
                Ok(Expr::Unary(unary))
            }
            Expr::Reference(mut reference) => {
                *reference.expr = self.place(*reference.expr, false)?;
                Ok(Expr::Reference(reference))
            }
            Expr::Field(_) | Expr::Index(_) => self.place(expr, false),
            Expr::Tuple(mut tuple) => {
                self.values(&mut tuple.elems)?;
                Ok(Expr::Tuple(tuple))
            }
            Expr::Array(mut array) => {
                self.values(&mut array.elems)?;
                Ok(Expr::Array(array))
            }
            Expr::Repeat(mut repeat) => {
                *repeat.expr = self.value(*repeat.expr, false)?;
                Ok(Expr::Repeat(repeat))
            }
            Expr::Range(mut range) => {
                let ends = range
                    .start
                    .iter_mut()
                    .chain(range.end.iter_mut())
                    .map(|end| &mut **end);
                self.values(ends)?;
                Ok(Expr::Range(range))
            }
            Expr::Struct(mut literal) => {
                self.literal(&mut literal)?;
                Ok(Expr::Struct(literal))
            }
            Expr::Call(mut call) => {
                let is_part = self.names.site(&call.func).is_some();
                let assigned = |argument: &Expr| self.assigns(argument, &call.func);
                if matches!(&*call.func, Expr::Path(_))
                    || late_part(&call.func).is_some()
                    || is_part
                        && call.args.iter().any(contains_await)
                        && !call.args.iter().any(assigned)
                {
                    *call.func = self.callee(*call.func)?;
                    self.values(&mut call.args)?;
                } else {
                    let callee = std::iter::once(&mut *call.func);
                    self.values(callee.chain(&mut call.args))?;
                }
                Ok(Expr::Call(call))
            }
            Expr::MethodCall(mut call) => {
                let arguments = call.args.iter().any(contains_await);
                if call
                    .args
                    .iter()
                    .any(|argument| self.assigns(argument, &call.receiver))
                {
                    // A receiver that its arguments may assign is not borrowed by the call, so it is copied first.
                    let receiver = (*call.receiver).clone();
                    *call.receiver = self.spill(receiver, "receiver")?;
                }
                let early = match arguments && !contains_await(&call.receiver) {
                    true => self.read_early(&call.receiver, &call.args)?,
                    false => None,
                };
                let receiver = (*call.receiver).clone();
                let receiver = self.receiver(receiver, node_of(&call.attrs), arguments)?;
                self.values(&mut call.args)?;
                if early.is_some() {
                    // Their temporaries outlive the branches in which the call stands.
                    for argument in &mut call.args {
                        *argument = self.pinned(argument.clone());
                    }
                }
                let with = |receiver: Expr| {
                    let mut call = call.clone();
                    *call.receiver = receiver;
                    Expr::MethodCall(call)
                };
                Ok(match early {
                    Some(early) => self.read_or_place(early, receiver, with),
                    None => with(receiver),
                })
            }
            Expr::Binary(binary) => self.binary(binary),
            Expr::Assign(mut assign) => {
                let later = contains_await(&assign.left);
                *assign.right = self.value(*assign.right, later)?;
                if matches!(*assign.left, Expr::Infer(_)) && self.is_value(&assign.right) {
                    // A temporary, dropped with the statement.
                    let value = &assign.right;
                    *assign.right = parse_quote!(({ #value }));
                }
                if contains_await(&assign.left) {
                    *assign.left = self.place(*assign.left, false)?;
                }
                Ok(Expr::Assign(assign))
            }
            Expr::Return(mut leave) => {
                if let Some(value) = leave.expr.take() {
                    leave.expr = Some(Box::new(self.value(*value, false)?));
                }
                Ok(Expr::Return(leave))
            }
            Expr::Break(mut leave) => {
                if let Some(value) = leave.expr.take() {
                    leave.expr = Some(Box::new(self.value(*value, false)?));
                }
                Ok(Expr::Break(leave))
            }
            Expr::Macro(mac) if ends_its_temporaries(&mac.mac) => {
                let variable = self.names.temporary("formatted");
                self.statement(|builder| {
                    let value = builder.macro_call(mac)?;
                    builder.let_variable(variable, value)
                })?;
                Ok(self.mention(variable, Use::Value))
            }
            Expr::Macro(mac) => self.macro_call(mac),
            construct => self.construct_value(construct),
        }
    }

    /// A struct's fields, as written, then its base, of which the rest is taken.
    fn literal(&mut self, literal: &mut syn::ExprStruct) -> syn::Result<()> {
        let base = literal.rest.take();
        let base_awaits = base.as_ref().is_some_and(|base| contains_await(base));
        let fields = literal.fields.iter_mut().map(|field| &mut field.expr);
        let fields: Vec<&mut Expr> = fields.collect();
        let last = fields.iter().rposition(|field| contains_await(field));
        for (index, field) in fields.into_iter().enumerate() {
            let later = base_awaits || last.is_some_and(|last| index < last);
            *field = self.value(field.clone(), later)?;
        }
        let Some(base) = base else { return Ok(()) };
        if !base_awaits || is_place(&base) {
            literal.rest = Some(Box::new(self.place(*base, false)?));
            return Ok(());
        }
        // What the struct does not take is a temporary of the statement.
        let base = match *base {
            Expr::Await(inner) if marked(&inner).is_some() => *inner.base,
            base => base,
        };
        let base = self.value(base, false)?;
        let base = self.evaluated(base)?;
        literal.rest = Some(Box::new(base.clone()));
        if let Some(node) = node_of(&literal.attrs) {
            let taken = Taken::Base(Box::new(literal.clone()));
            self.names.part(&base, node, taken);
        }
        Ok(())
    }

    fn suspend(&mut self, inner: syn::ExprAwait) -> syn::Result<Expr> {
        let span = inner.await_token.span;
        let text = inner.base.to_token_stream();
        let source = self.source_of(text);
        let name = future_name(&inner.base);
        let mut operand = *inner.base;
        self.mark_tails(&mut operand);
        let operand = self.value(operand, false)?;
        let operand = self.pinned(operand);
        let operand = self.leaf(operand)?;
        let future = self.names.future(&name);
        let output = self.names.temporary(&format!("{name}_output"));
        self.push(Operation::Await(Box::new(Await {
            operand,
            future,
            output,
            source,
            span,
        })));
        Ok(self.mention(output, Use::Value))
    }
}

pub(super) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => names_function(&path.path),
        Expr::Paren(inner) => is_constant(&inner.expr),
        Expr::Unary(unary) => !matches!(unary.op, syn::UnOp::Deref(_)) && is_constant(&unary.expr),
        _ => false,
    }
}

/// Whether the path names a function, or is `None`. A constant or a unit struct may have something to drop.
fn names_function(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|segment| {
        let name = segment.ident.to_string();
        mention_id(&segment.ident).is_none()
            && (name == "None" || !name.starts_with(|first: char| first.is_uppercase()))
    })
}
