//! The walk that resolves names, in the order in which scopes open.

use std::collections::HashMap;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{BinOp, Block, Expr, ExprMacro, Local, LocalInit, Member, Pat, Stmt, UnOp};

use super::names::{Names, NodeId, Use, VariableId};
use super::parts::{Taken, is_part_of_temporary, is_within, place_of};
use super::patterns;
use crate::input::Parameter;
use crate::macro_calls::{self, ArgumentMode, Call};

/// A variable, or a field of one.
fn is_named_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => is_named_place(&field.base),
        Expr::Paren(inner) => is_named_place(&inner.expr),
        _ => false,
    }
}

#[derive(Clone)]
pub struct Resolver {
    pub names: Names,
    scopes: Vec<HashMap<String, VariableId>>,
    closures: Vec<NodeId>,
    /// The outermost closure or block is without `move`: how many variables had been declared before it.
    pub(super) lends: Option<VariableId>,
}

impl Resolver {
    pub fn new(names: Names) -> Self {
        Resolver {
            names,
            scopes: Vec::new(),
            closures: Vec::new(),
            lends: None,
        }
    }

    pub fn open(&mut self) {
        self.scopes.push(HashMap::new());
    }

    pub(super) fn close(&mut self) {
        self.scopes.pop();
    }

    pub fn parameter(
        &mut self,
        parameter: &Parameter,
        reference: bool,
    ) -> syn::Result<(VariableId, Option<Pat>)> {
        let variable = self.names.declare(&parameter.name, reference);
        if parameter.is_self {
            self.bind_name("self", variable);
            self.names.receiver = Some(variable);
            return Ok((variable, None));
        }
        let mut pattern = parameter.pattern.clone();
        match &pattern {
            Pat::Ident(binding) if binding.by_ref.is_none() && binding.subpat.is_none() => {
                self.bind_name(&binding.ident.to_string(), variable);
                Ok((variable, None))
            }
            Pat::Wild(_) => Ok((variable, None)),
            _ => {
                self.pattern(&mut pattern)?;
                Ok((variable, Some(pattern)))
            }
        }
    }

    /// A closure or block that captures begins.
    fn enter(&mut self, node: NodeId, moves: bool) {
        if self.closures.is_empty() {
            self.lends = (!moves).then_some(self.names.variables.len());
        }
        self.closures.push(node);
    }

    fn leave(&mut self) {
        self.closures.pop();
        if self.closures.is_empty() {
            self.lends = None;
        }
    }

    pub(super) fn bind_name(&mut self, name: &str, variable: VariableId) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_string(), variable);
        }
    }

    fn lookup(&self, name: &Ident) -> Option<VariableId> {
        let name = name.to_string();
        self.scopes
            .iter()
            .rev()
            .find_map(|scope| scope.get(&name).copied())
    }

    pub(super) fn mention(
        &mut self,
        variable: VariableId,
        usage: Use,
        span: proc_macro2::Span,
    ) -> Expr {
        let captured_by = self.closures.first().copied();
        match (captured_by, usage) {
            (Some(_), Use::Assign) => self.names.mention(variable, Use::Place, captured_by, span),
            (Some(_), Use::Value) => {
                // Whether the closure takes the variable is for the compiler to say, too.
                let (node, attribute) = self.names.node();
                let mut mention =
                    self.names
                        .mention(variable, Use::Unclear(node), captured_by, span);
                if let Expr::Path(path) = &mut mention {
                    path.attrs.push(attribute);
                }
                mention
            }
            _ => self.names.mention(variable, usage, captured_by, span),
        }
    }

    /// Binds a pattern's variables in the innermost scope and renames them.
    pub fn pattern(&mut self, pattern: &mut Pat) -> syn::Result<()> {
        let mut bound: HashMap<String, VariableId> = HashMap::new();
        let names = &mut self.names;
        patterns::for_each_binding(pattern, &mut |binding| {
            let key = binding.ident.to_string();
            let variable = *bound
                .entry(key)
                .or_insert_with(|| names.declare(&binding.ident, false));
            binding.ident = names.variables[variable].name.clone();
        });
        for (name, variable) in bound {
            self.bind_name(&name, variable);
        }
        Ok(())
    }

    pub fn block(&mut self, block: &mut Block) -> syn::Result<()> {
        self.open();
        super::inner_macros::write_out_pins(block);
        for statement in &mut block.stmts {
            match statement {
                Stmt::Local(local) => self.local(local)?,
                Stmt::Expr(expr, _) => self.value(expr)?,
                Stmt::Macro(statement) => self.macro_call(&mut statement.mac)?,
                Stmt::Item(_) => {}
            }
        }
        self.close();
        Ok(())
    }

    fn local(&mut self, local: &mut Local) -> syn::Result<()> {
        let mut node = None;
        if let (Pat::Wild(_), Some(init), false) =
            (&local.pat, &mut local.init, self.closures.is_empty())
        {
            // Only named, a place is not captured.
            if is_named_place(&init.expr) {
                *init.expr = syn::parse_quote!(());
            }
        }
        if let Some(LocalInit { expr, diverge, .. }) = &mut local.init {
            let pattern = match &local.pat {
                Pat::Type(typed) => &*typed.pat,
                pattern => pattern,
            };
            let usage = match pattern {
                Pat::Ident(binding) if binding.by_ref.is_none() => Use::Value,
                pattern if patterns::may_move(pattern) => {
                    let (new, attribute) = self.names.node();
                    local.attrs.push(attribute);
                    node = Some(new);
                    self.scrutinised(expr, new, std::slice::from_ref(pattern), false)
                }
                _ => Use::Place,
            };
            self.expr(expr, usage)?;
            if let Some((_, diverge)) = diverge {
                self.value(diverge)?;
            }
        }
        let simple = matches!(&local.pat, Pat::Ident(_))
            || matches!(&local.pat, Pat::Type(typed) if matches!(&*typed.pat, Pat::Ident(_)));
        let reference = simple
            && match (&local.pat, &local.init) {
                (Pat::Type(typed), _) => {
                    matches!(&*typed.ty, syn::Type::Reference(_) | syn::Type::Ptr(_))
                }
                (_, Some(init)) => matches!(&*init.expr, Expr::Reference(_) | Expr::RawAddr(_)),
                _ => false,
            };
        self.pattern(&mut local.pat)?;
        if let (Some(node), Some(init)) = (node, &local.init) {
            let pattern = match &local.pat {
                Pat::Type(typed) => (*typed.pat).clone(),
                pattern => pattern.clone(),
            };
            self.taken_apart(&init.expr, node, vec![pattern], false);
        }
        if reference {
            for ident in patterns::bindings(&local.pat) {
                if let Some(variable) = self
                    .names
                    .variables
                    .iter_mut()
                    .find(|variable| variable.name == ident)
                {
                    variable.reference = true;
                }
            }
        }
        Ok(())
    }

    pub fn value(&mut self, expr: &mut Expr) -> syn::Result<()> {
        self.expr(expr, Use::Value)
    }

    fn place(&mut self, expr: &mut Expr) -> syn::Result<()> {
        self.expr(expr, Use::Place)
    }

    pub(super) fn values<'a>(
        &mut self,
        exprs: impl IntoIterator<Item = &'a mut Expr>,
    ) -> syn::Result<()> {
        exprs.into_iter().try_for_each(|expr| self.value(expr))
    }

    pub(super) fn expr(&mut self, expr: &mut Expr, usage: Use) -> syn::Result<()> {
        if self.takes_from_lender(expr) {
            return self.inner_closure(expr);
        }
        if let Expr::While(repeat) = expr {
            if let Some(written_out) = self.takes_each_round(repeat) {
                *expr = written_out;
            }
        }
        match expr {
            Expr::Path(path) => {
                if path.qself.is_none() {
                    if let Some(ident) = path.path.get_ident().cloned() {
                        if let Some(variable) = self.lookup(&ident) {
                            *expr = self.mention(variable, usage, ident.span());
                        }
                    }
                }
                Ok(())
            }
            Expr::Paren(inner) => self.expr(&mut inner.expr, usage),
            Expr::Group(inner) => self.expr(&mut inner.expr, usage),
            Expr::MethodCall(call) => {
                let (node, attribute) = self.names.node();
                call.attrs.push(attribute);
                self.expr(&mut call.receiver, Use::Unclear(node))?;
                if is_within(&call.receiver) {
                    self.names.part(&call.receiver, node, Taken::Receiver);
                }
                self.values(&mut call.args)
            }
            Expr::Field(field) => {
                self.place(&mut field.base)?;
                self.part(expr, usage);
                Ok(())
            }
            Expr::Index(index) => {
                self.place(&mut index.expr)?;
                self.copied(&mut index.index)
            }
            Expr::Unary(unary) => match unary.op {
                UnOp::Deref(_) => {
                    self.place(&mut unary.expr)?;
                    self.part(expr, usage);
                    Ok(())
                }
                _ => self.value(&mut unary.expr),
            },
            Expr::Reference(reference) => self.place(&mut reference.expr),
            Expr::RawAddr(raw) => self.place(&mut raw.expr),
            Expr::Binary(binary) => {
                use BinOp::*;
                let (left, right) = match binary.op {
                    Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => (Use::Place, Use::Place),
                    AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_) | RemAssign(_)
                    | BitXorAssign(_) | BitAndAssign(_) | BitOrAssign(_) | ShlAssign(_)
                    | ShrAssign(_) => {
                        let (_, attribute) = self.names.node();
                        binary.attrs.push(attribute);
                        (Use::Place, Use::Value)
                    }
                    And(_) | Or(_) => {
                        self.copied(&mut binary.left)?;
                        return self.copied(&mut binary.right);
                    }
                    _ => (Use::Value, Use::Value),
                };
                self.expr(&mut binary.left, left)?;
                self.expr(&mut binary.right, right)
            }
            Expr::Assign(assign) => {
                if matches!(*assign.left, Expr::Infer(_)) {
                    // As with `let _`, a place is only named.
                    if !self.closures.is_empty() && is_named_place(&assign.right) {
                        *assign.right = syn::parse_quote!(());
                    }
                    return self.place(&mut assign.right);
                }
                self.value(&mut assign.right)?;
                self.assigned(&mut assign.left)
            }
            Expr::Let(condition) => {
                let (node, usage) = self.scrutinee(
                    &mut condition.attrs,
                    &condition.expr,
                    std::slice::from_ref(&*condition.pat),
                    false,
                );
                self.expr(&mut condition.expr, usage)?;
                self.pattern(&mut condition.pat)?;
                if let Some(node) = node {
                    let pattern = (*condition.pat).clone();
                    self.taken_apart(&condition.expr, node, vec![pattern], false);
                }
                Ok(())
            }
            Expr::If(branch) => {
                self.open();
                self.copied(&mut branch.cond)?;
                self.block(&mut branch.then_branch)?;
                self.close();
                branch
                    .else_branch
                    .as_mut()
                    .map_or(Ok(()), |(_, otherwise)| self.value(otherwise))
            }
            Expr::While(repeat) => {
                self.open();
                self.copied(&mut repeat.cond)?;
                self.block(&mut repeat.body)?;
                self.close();
                Ok(())
            }
            Expr::Match(matching) => {
                let patterns: Vec<Pat> = matching.arms.iter().map(|arm| arm.pat.clone()).collect();
                let guarded = patterns::is_guarded(&matching.arms);
                let (node, usage) =
                    self.scrutinee(&mut matching.attrs, &matching.expr, &patterns, guarded);
                self.expr(&mut matching.expr, usage)?;
                for arm in &mut matching.arms {
                    self.open();
                    self.pattern(&mut arm.pat)?;
                    if let Some((_, guard)) = &mut arm.guard {
                        self.place(guard)?;
                    }
                    self.value(&mut arm.body)?;
                    self.close();
                }
                if let Some(node) = node {
                    let patterns = matching.arms.iter().map(|arm| arm.pat.clone()).collect();
                    self.taken_apart(&matching.expr, node, patterns, guarded);
                }
                Ok(())
            }
            Expr::ForLoop(repeat) => {
                self.value(&mut repeat.expr)?;
                if patterns::may_move(&repeat.pat) && patterns::leaves_something(&repeat.pat) {
                    let (_, attribute) = self.names.node();
                    repeat.attrs.push(attribute);
                }
                self.open();
                self.pattern(&mut repeat.pat)?;
                self.block(&mut repeat.body)?;
                self.close();
                Ok(())
            }
            Expr::Loop(repeat) => self.block(&mut repeat.body),
            Expr::Block(block) => self.block(&mut block.block),
            Expr::Unsafe(block) => self.block(&mut block.block),
            Expr::Const(_) => Ok(()),
            Expr::Closure(closure) => {
                let (node, attribute) = self.names.node();
                closure.attrs.push(attribute);
                self.enter(node, closure.capture.is_some());
                self.open();
                closure
                    .inputs
                    .iter_mut()
                    .try_for_each(|input| self.pattern(input))?;
                self.value(&mut closure.body)?;
                self.close();
                self.leave();
                Ok(())
            }
            Expr::Async(block) => {
                let (node, attribute) = self.names.node();
                block.attrs.push(attribute);
                self.enter(node, block.capture.is_some());
                self.block(&mut block.block)?;
                self.leave();
                Ok(())
            }
            Expr::Call(call) => {
                // Calling a closure consumes it, or only borrows it.
                while let Expr::Paren(inner) = &*call.func {
                    if !matches!(&*inner.expr, Expr::Path(_) | Expr::Paren(_)) {
                        break;
                    }
                    call.func = inner.expr.clone();
                }
                let (node, attribute) = self.names.node();
                call.attrs.push(attribute);
                let usage = match &*call.func {
                    Expr::Path(_) => Use::Unclear(node),
                    Expr::Paren(_) => Use::Place,
                    _ => Use::Value,
                };
                self.expr(&mut call.func, usage)?;
                if is_within(&call.func) {
                    self.names.part(&call.func, node, Taken::Receiver);
                }
                self.values(&mut call.args)
            }
            Expr::Struct(literal) => {
                for field in &mut literal.fields {
                    if field.colon_token.is_none() && matches!(field.member, Member::Named(_)) {
                        field.colon_token = Some(Default::default());
                    }
                    self.value(&mut field.expr)?;
                }
                if let Some(rest) = &mut literal.rest {
                    self.place(rest)?;
                    let (node, attribute) = self.names.node();
                    literal.attrs.push(attribute);
                    let taken = Taken::Base(Box::new(literal.clone()));
                    if let Some(rest) = &literal.rest {
                        self.names.part(rest, node, taken);
                    }
                }
                Ok(())
            }
            Expr::Tuple(tuple) => self.values(&mut tuple.elems),
            Expr::Array(array) => self.values(&mut array.elems),
            Expr::Repeat(repeat) => self.value(&mut repeat.expr),
            Expr::Range(range) => {
                let ends = range.start.iter_mut().chain(range.end.iter_mut());
                ends.into_iter().try_for_each(|end| self.value(end))
            }
            Expr::Cast(cast) => self.copied(&mut cast.expr),
            Expr::Try(inner) => self.value(&mut inner.expr),
            Expr::Await(inner) => self.value(&mut inner.base),
            Expr::Return(leave) => leave
                .expr
                .as_mut()
                .map_or(Ok(()), |value| self.value(value)),
            Expr::Break(leave) => leave
                .expr
                .as_mut()
                .map_or(Ok(()), |value| self.value(value)),
            // In a macro that is a block of its own.
            Expr::Yield(inner) => inner
                .expr
                .as_mut()
                .map_or(Ok(()), |value| self.value(value)),
            Expr::Macro(ExprMacro { mac, .. }) => self.macro_call(mac),
            Expr::Continue(_) | Expr::Lit(_) | Expr::Infer(_) => Ok(()),
            // A lone semicolon.
            Expr::Verbatim(tokens) if tokens.is_empty() => Ok(()),
            other => Err(syn::Error::new_spanned(
                other,
                "#[state_future] does not know this kind of expression\nhelp: move it into a function that is not annotated",
            )),
        }
    }

    /// A loop without awaits whose condition takes something out of a variable, as the branches that it is.
    fn takes_each_round(&self, repeat: &syn::ExprWhile) -> Option<Expr> {
        let Expr::Let(condition) = &*repeat.cond else {
            return None;
        };
        let mut root = &*condition.expr;
        while let Expr::Field(field) = root {
            root = &field.base;
        }
        let Expr::Path(path) = root else { return None };
        self.lookup(path.path.get_ident()?)?;
        let awaits = macro_calls::contains_await_tokens(repeat.to_token_stream());
        if awaits || !self.closures.is_empty() || !patterns::may_move(&condition.pat) {
            return None;
        }
        let (label, body) = (&repeat.label, &repeat.body);
        Some(syn::parse_quote!(#label loop { if #condition #body else { break; } }))
    }

    /// How what is matched is used, and the node that tells.
    fn scrutinee(
        &mut self,
        attributes: &mut Vec<syn::Attribute>,
        expr: &Expr,
        patterns: &[Pat],
        guarded: bool,
    ) -> (Option<NodeId>, Use) {
        if !patterns.iter().any(patterns::may_move) {
            return (None, Use::Place);
        }
        let (node, attribute) = self.names.node();
        attributes.push(attribute);
        (Some(node), self.scrutinised(expr, node, patterns, guarded))
    }

    /// A variable that a pattern takes parts out of stays where it is.
    fn scrutinised(&mut self, expr: &Expr, node: NodeId, patterns: &[Pat], guarded: bool) -> Use {
        let variable = match expr {
            Expr::Path(path) => path.path.get_ident().and_then(|ident| self.lookup(ident)),
            _ => None,
        };
        match variable {
            Some(variable)
                if !self.names.variables[variable].reference
                    && (guarded || patterns::takes_parts(patterns)) =>
            {
                Use::Place
            }
            _ => Use::Unclear(node),
        }
    }

    /// Notes that patterns, their variables renamed, may move parts out of the place `expr`.
    fn taken_apart(&mut self, expr: &Expr, node: NodeId, patterns: Vec<Pat>, guarded: bool) {
        let is_place = is_within(expr)
            || place_of(expr)
                .is_some_and(|(mention, _)| self.names.mentions[mention].usage == Use::Place);
        if is_place {
            self.names
                .part(expr, node, Taken::Patterns { patterns, guarded });
        }
    }

    /// A field used as a value may be moved out.
    fn part(&mut self, expr: &mut Expr, usage: Use) {
        if usage != Use::Value {
            return;
        }
        if place_of(expr).is_some() {
            let (node, _) = self.names.node();
            self.names.part(expr, node, Taken::Value);
        } else if is_part_of_temporary(expr) && self.closures.is_empty() {
            let (_, attribute) = self.names.node();
            match expr {
                Expr::Field(field) => field.attrs.push(attribute),
                Expr::Unary(unary) => unary.attrs.push(attribute),
                _ => {}
            }
        }
    }

    /// A value of a type that is `Copy`, so that a field is never moved out.
    fn copied(&mut self, expr: &mut Expr) -> syn::Result<()> {
        if is_within(expr) {
            return self.place(expr);
        }
        self.value(expr)
    }

    fn assigned(&mut self, target: &mut Expr) -> syn::Result<()> {
        match target {
            Expr::Tuple(tuple) => tuple
                .elems
                .iter_mut()
                .try_for_each(|element| self.assigned(element)),
            Expr::Array(array) => array
                .elems
                .iter_mut()
                .try_for_each(|element| self.assigned(element)),
            Expr::Paren(inner) => self.assigned(&mut inner.expr),
            Expr::Path(_) => self.expr(target, Use::Assign),
            _ => self.place(target),
        }
    }

    fn macro_call(&mut self, mac: &mut syn::Macro) -> syn::Result<()> {
        let mut list = match macro_calls::read(mac) {
            Call::Arguments(list) | Call::Unknown(list) => list,
            Call::Awaiting(mut call) => {
                self.awaiting(&mut call.awaiting)?;
                *mac = call.rebuild();
                return Ok(());
            }
            Call::OwnBlock(mut call) => {
                let (node, _) = self.names.node();
                self.enter(node, true);
                self.block(&mut call.block)?;
                self.leave();
                *mac = call.rebuild();
                return Ok(());
            }
            Call::Opaque | Call::Pins(_) => return self.opaque(mac),
        };
        let mut touched = false;
        self.open();
        for index in 0..list.arguments.len() {
            let before = (self.names.mentions.len(), self.names.nodes);
            let mode = list.arguments[index].mode;
            if mode == ArgumentMode::Guard {
                if let Some(mut pattern) = list.pattern().cloned() {
                    for name in patterns::bindings(&pattern) {
                        // The pattern stays as it is written, so its variables keep their names.
                        let variable = self.names.temporary(&name.to_string());
                        self.names.variables[variable].name = name.clone();
                        self.bind_name(&name.to_string(), variable);
                    }
                    let _ = &mut pattern;
                }
            }
            let expr = &mut list.arguments[index].expr;
            match mode {
                ArgumentMode::Unknown => self.given_to_a_macro(expr)?,
                ArgumentMode::Value | ArgumentMode::Pinned | ArgumentMode::Guard => {
                    self.value(expr)?
                }
                _ => self.place(expr)?,
            }
            touched |= (self.names.mentions.len(), self.names.nodes) != before;
        }
        self.close();
        for capture in list.captures.clone() {
            if let Some(variable) = self.lookup(&capture) {
                let mention = self.mention(variable, Use::Place, capture.span());
                list.set_capture(&capture, mention);
                touched = true;
            }
        }
        if touched {
            *mac = list.rebuild();
        }
        Ok(())
    }

    /// What a macro that is not known does with a variable is for the compiler to say. Other places it may use as it
    /// likes, as long as it moves nothing out of them.
    fn given_to_a_macro(&mut self, expr: &mut Expr) -> syn::Result<()> {
        match expr {
            Expr::Paren(inner) => self.given_to_a_macro(&mut inner.expr),
            Expr::Path(_) => {
                let (node, attribute) = self.names.node();
                self.expr(expr, Use::Unclear(node))?;
                let is_mention = place_of(expr).is_some();
                if let (Expr::Path(path), true) = (expr, is_mention) {
                    path.attrs.push(attribute);
                }
                Ok(())
            }
            _ if is_within(expr) => self.place(expr),
            _ => self.value(expr),
        }
    }

    fn opaque(&mut self, mac: &syn::Macro) -> syn::Result<()> {
        if macro_calls::contains_await_tokens(mac.tokens.clone()) {
            return Err(super::normalise::opaque(mac));
        }
        let mentioned = self
            .scopes
            .iter()
            .flat_map(|scope| scope.iter())
            .find(|(name, _)| {
                let ident = syn::parse_str::<Ident>(name);
                ident.is_ok_and(|ident| macro_calls::mentions(mac.tokens.clone(), &ident))
            });
        match mentioned {
            None => Ok(()),
            Some((name, _)) => Err(syn::Error::new_spanned(
                &mac.path,
                format!(
                    "#[state_future] cannot see how this macro uses the variable `{name}`\nhelp: call the macro in a function or closure of its own, and give that the variable"
                ),
            )),
        }
    }
}
