//! The walk that resolves names, in the order in which scopes open.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::{BinOp, Block, Expr, ExprMacro, Local, LocalInit, Member, Pat, Stmt, UnOp};

use super::names::{Names, NodeId, Use, VariableId};
use super::patterns;
use crate::input::Parameter;
use crate::macro_calls::{self, ArgumentMode, Call};

pub struct Resolver {
    pub names: Names,
    scopes: Vec<HashMap<String, VariableId>>,
    closures: Vec<NodeId>,
}

impl Resolver {
    pub fn new(names: Names) -> Self {
        Resolver {
            names,
            scopes: Vec::new(),
            closures: Vec::new(),
        }
    }

    pub fn open(&mut self) {
        self.scopes.push(HashMap::new());
    }

    fn close(&mut self) {
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

    fn bind_name(&mut self, name: &str, variable: VariableId) {
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

    fn mention(&mut self, variable: VariableId, usage: Use, span: proc_macro2::Span) -> Expr {
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
        if let Some(LocalInit { expr, diverge, .. }) = &mut local.init {
            let pattern = match &local.pat {
                Pat::Type(typed) => &*typed.pat,
                pattern => pattern,
            };
            let usage = match pattern {
                Pat::Ident(binding) if binding.by_ref.is_none() => Use::Value,
                pattern if patterns::may_move(pattern) => {
                    let (node, attribute) = self.names.node();
                    local.attrs.push(attribute);
                    Use::Unclear(node)
                }
                _ => Use::Place,
            };
            self.expr(expr, usage)?;
            if let (Pat::Ident(_), Expr::Field(field), Use::Value) =
                (&local.pat, &mut **expr, usage)
            {
                // Whether this moves the field or copies it is for the compiler to say. Elsewhere, as an argument for
                // example, the field may be reborrowed, too.
                let (_, attribute) = self.names.node();
                field.attrs.push(attribute);
            }
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

    fn values<'a>(&mut self, exprs: impl IntoIterator<Item = &'a mut Expr>) -> syn::Result<()> {
        exprs.into_iter().try_for_each(|expr| self.value(expr))
    }

    fn expr(&mut self, expr: &mut Expr, usage: Use) -> syn::Result<()> {
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
                self.values(&mut call.args)
            }
            Expr::Field(field) => self.place(&mut field.base),
            Expr::Index(index) => {
                self.place(&mut index.expr)?;
                self.value(&mut index.index)
            }
            Expr::Unary(unary) => match unary.op {
                UnOp::Deref(_) => self.place(&mut unary.expr),
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
                    _ => (Use::Value, Use::Value),
                };
                self.expr(&mut binary.left, left)?;
                self.expr(&mut binary.right, right)
            }
            Expr::Assign(assign) => {
                self.value(&mut assign.right)?;
                self.assigned(&mut assign.left)
            }
            Expr::Let(condition) => {
                let usage = self.scrutinee(&mut condition.attrs, [&*condition.pat]);
                self.expr(&mut condition.expr, usage)?;
                self.pattern(&mut condition.pat)
            }
            Expr::If(branch) => {
                self.open();
                self.value(&mut branch.cond)?;
                self.block(&mut branch.then_branch)?;
                self.close();
                branch
                    .else_branch
                    .as_mut()
                    .map_or(Ok(()), |(_, otherwise)| self.value(otherwise))
            }
            Expr::While(repeat) => {
                self.open();
                self.value(&mut repeat.cond)?;
                self.block(&mut repeat.body)?;
                self.close();
                Ok(())
            }
            Expr::Match(matching) => {
                let usage = self.scrutinee(
                    &mut matching.attrs,
                    matching.arms.iter().map(|arm| &arm.pat),
                );
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
                Ok(())
            }
            Expr::ForLoop(repeat) => {
                self.value(&mut repeat.expr)?;
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
                self.closures.push(node);
                self.open();
                closure
                    .inputs
                    .iter_mut()
                    .try_for_each(|input| self.pattern(input))?;
                self.value(&mut closure.body)?;
                self.close();
                self.closures.pop();
                Ok(())
            }
            Expr::Async(block) => {
                let (node, attribute) = self.names.node();
                block.attrs.push(attribute);
                self.closures.push(node);
                self.block(&mut block.block)?;
                self.closures.pop();
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
                    _ => Use::Value,
                };
                self.expr(&mut call.func, usage)?;
                self.values(&mut call.args)
            }
            Expr::Struct(literal) => {
                for field in &mut literal.fields {
                    if field.colon_token.is_none() && matches!(field.member, Member::Named(_)) {
                        field.colon_token = Some(Default::default());
                    }
                    self.value(&mut field.expr)?;
                }
                literal
                    .rest
                    .as_mut()
                    .map_or(Ok(()), |rest| self.place(rest))
            }
            Expr::Tuple(tuple) => self.values(&mut tuple.elems),
            Expr::Array(array) => self.values(&mut array.elems),
            Expr::Repeat(repeat) => self.value(&mut repeat.expr),
            Expr::Range(range) => {
                let ends = range.start.iter_mut().chain(range.end.iter_mut());
                ends.into_iter().try_for_each(|end| self.value(end))
            }
            Expr::Cast(cast) => self.value(&mut cast.expr),
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

    fn scrutinee<'a>(
        &mut self,
        attributes: &mut Vec<syn::Attribute>,
        patterns: impl IntoIterator<Item = &'a Pat>,
    ) -> Use {
        if !patterns.into_iter().any(patterns::may_move) {
            return Use::Place;
        }
        let (node, attribute) = self.names.node();
        attributes.push(attribute);
        Use::Unclear(node)
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
                self.values(call.expressions_mut())?;
                *mac = call.rebuild();
                return Ok(());
            }
            Call::OwnBlock(mut call) => {
                let (node, _) = self.names.node();
                self.closures.push(node);
                self.block(&mut call.block)?;
                self.closures.pop();
                *mac = call.rebuild();
                return Ok(());
            }
            Call::Opaque | Call::Pins(_) => return self.opaque(mac),
        };
        let mut touched = false;
        self.open();
        for index in 0..list.arguments.len() {
            let before = self.names.mentions.len();
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
            let usage = match mode {
                ArgumentMode::Value
                | ArgumentMode::Unknown
                | ArgumentMode::Pinned
                | ArgumentMode::Guard => Use::Value,
                _ => Use::Place,
            };
            self.expr(&mut list.arguments[index].expr, usage)?;
            touched |= self.names.mentions.len() != before;
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
