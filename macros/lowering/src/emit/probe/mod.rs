//! The probe: a copy of the body, never run nor borrow-checked, in which closures ask what consumes what.

mod closures;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat, Stmt, parse_quote};

use crate::emit::tokens::{for_each_ident, nameable, substituted, without_nodes};
use crate::housing::{Context, Ownership};
use crate::input::Function;
use crate::machine::Machine;
use crate::macro_calls::{self, Awaiting, Call};
use crate::resolve::{
    Names, NodeId, Taken, Use, VariableId, bindings, mention_id, node_of, root_mut,
};

/// The probe's body.
pub fn emit(machine: &Machine, function: &Function, crate_path: &TokenStream) -> Option<Ownership> {
    let asked = &machine.ownership.asked;
    // In the poll function, a macro that is not known may stand in an `async` block. That it has no await of its own is seen here.
    if asked.is_empty() && !machine.ownership.flow.returns_output {
        return None;
    }
    let names = &machine.ownership.flow.names;
    let mut body = machine.ownership.flow.body.clone();
    let output = nameable(&function.output);
    Questions {
        names,
        asked,
        nested: 0,
        told: BTreeSet::new(),
        output: output.clone(),
    }
    .visit_block_mut(&mut body);
    let body = named(names, without_nodes(body.to_token_stream()));
    let answers: Vec<_> = asked
        .iter()
        .map(|node| format_ident!("__answer_{}", node))
        .collect();
    let parameters = function
        .parameters
        .iter()
        .zip(&machine.ownership.flow.parameters)
        .map(|(parameter, variable)| {
            let name = &names.variables[*variable].name;
            if parameter.is_self {
                let given = super::tokens::self_token(&parameter.pattern);
                return quote!(let mut #name = #given;);
            }
            let given = &parameter.name;
            quote!(let mut #name = #given;)
        });
    let patterns = machine
        .ownership
        .flow
        .root
        .operations
        .iter()
        .filter_map(|operation| match operation {
            crate::flow::Operation::Let { pattern, value, .. } => {
                let value = named(names, value.to_token_stream());
                Some(quote!(let #pattern = #value;))
            }
            _ => None,
        });
    let body = quote! {
        use #crate_path::__private as __state_future;
        #(let #answers = __state_future::unknown();)*
        __state_future::never();
        #(#parameters)*
        let __body = || -> #output {
            __state_future::never();
            #(#patterns)*
            #body
        };
        (#(#answers.tell(),)*)
    };
    Some(Ownership {
        answers: asked.len(),
        body,
    })
}

/// The answers, as the poll function gets them.
pub fn answers(machine: &Machine, context: &Context) -> TokenStream {
    let asked = &machine.ownership.asked;
    if asked.is_empty() {
        return TokenStream::new();
    }
    let path = &context.ownership_path;
    let arguments = machine.ownership.flow.parameters.iter().map(|_| quote!(_,));
    let picks = asked.iter().enumerate().map(|(index, node)| {
        let site = format_ident!("__site_{}", node);
        let skipped = (0..asked.len()).map(|other| {
            if other == index {
                quote!(answer,)
            } else {
                quote!(_,)
            }
        });
        quote!(let #site = (&__answers.pick(|(#(#skipped)*)| answer)).kind();)
    });
    quote! {
        use __state_future::{Once as _, Repeatable as _};
        let __answers = __state_future::answers::<(#(#arguments)*), _>(#path);
        #(#picks)*
    }
}

/// `tokens` with every mention as the variable's name.
fn named(names: &Names, tokens: TokenStream) -> TokenStream {
    substituted(tokens, &mut |ident| {
        let mention = &names.mentions[mention_id(ident)?];
        let name = &names.variables[mention.variable].name;
        Some(quote!(#name))
    })
}

/// A value of the type that the questions say, which are told what is wanted where it stands.
fn giving(result: &Ident, questions: TokenStream) -> Expr {
    parse_quote!({
        let #result = __state_future::untold();
        if false {
            #result.value()
        } else {
            #questions
            #result.value()
        }
    })
}

struct Questions<'a> {
    names: &'a Names,
    asked: &'a BTreeSet<NodeId>,
    nested: usize,
    /// The nodes of [`Names::copies`] whose question stands somewhere.
    told: BTreeSet<NodeId>,
    output: TokenStream,
}

impl Questions<'_> {
    fn is_asked(&self, attributes: &[syn::Attribute]) -> Option<NodeId> {
        node_of(attributes).filter(|node| self.asked.contains(node))
    }

    /// The variable that is mentioned here, or of which a part is.
    fn mentioned(&self, expr: &Expr) -> Option<VariableId> {
        if let Some((_, site)) = self.names.site(expr) {
            return Some(site.variable);
        }
        Some(self.names.mention_of(expr)?.variable)
    }

    /// Asks whether `question` consumes the variable `subject`; all other variables in it are made up.
    fn ask(&self, node: NodeId, subject: Option<VariableId>, question: TokenStream) -> TokenStream {
        let answer = format_ident!("__answer_{}", node);
        let mut others: BTreeMap<VariableId, ()> = BTreeMap::new();
        for_each_ident(question.clone(), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let variable = self.names.mentions[id].variable;
                if Some(variable) != subject {
                    others.insert(variable, ());
                }
            }
        });
        let own = declared_within(&question);
        let others: Vec<_> = others
            .into_keys()
            .map(|variable| &self.names.variables[variable].name)
            .filter(|name| !own.contains(&name.to_string()))
            .collect();
        let like: Vec<_> = others
            .iter()
            .map(|name| format_ident!("__like_{}", name))
            .collect();
        let shared = self.names.shared.get(&node).map(|shared| {
            let answer = format_ident!("__answer_{}", shared);
            quote!(__state_future::ask_shared(&#answer, &__question);)
        });
        quote! {
            #(let #like = __state_future::like(&#others);)*
            // Passed on at once, it would be taken for a closure that is called just once.
            let __question = || {
                #(let mut #others = #like.value();)*
                __state_future::never();
                #question
            };
            #shared
            __state_future::ask(&#answer, __question);
        }
    }

    /// Asks whether the value of each variable that the tokens mention is moved where it is used, if that is not known yet.
    fn copied(&mut self, tokens: impl ToTokens) -> Vec<TokenStream> {
        let mut mentioned = BTreeMap::new();
        for_each_ident(tokens.into_token_stream(), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                mentioned.insert(self.names.mentions[id].variable, ident.clone());
            }
        });
        let mut asks = Vec::new();
        for (variable, ident) in mentioned {
            let node = self.names.copies.get(&variable).copied();
            let asked = node.filter(|node| self.asked.contains(node));
            if let Some(node) = asked.filter(|node| self.told.insert(*node)) {
                asks.push(self.ask(node, Some(variable), quote!(let __value = #ident;)));
            }
        }
        asks
    }

    /// Asks what a closure with these attributes captures of variables whose fields it mentions.
    fn captured(&self, attributes: &[syn::Attribute]) -> Vec<TokenStream> {
        let nodes = attributes
            .iter()
            .filter_map(|attribute| self.is_asked(std::slice::from_ref(attribute)));
        let asked = nodes.filter_map(|node| {
            let site = self.names.sites.values().find(|site| site.node == node)?;
            let Taken::Captured { places, .. } = &site.taken else {
                return None;
            };
            let captured = crate::emit::parts::capturing(places);
            let question = quote!(let __value = #captured;);
            Some(self.ask(node, Some(site.variable), question))
        });
        asked.collect()
    }

    /// An argument that can stand in a closure: what leaves the function is evaluated outside.
    fn argument(&mut self, index: usize, argument: &Expr, outside: &mut TokenStream) -> Expr {
        if !leaves(argument) {
            return argument.clone();
        }
        let name = format_ident!("__argument_{}_{}", self.nested, index);
        outside.extend(quote!(let #name = __state_future::like(&#argument);));
        parse_quote!(#name.value())
    }

    /// The nodes of those arguments of an unknown macro that are asked about, which are told no more to do so themselves.
    fn asked_of_macro(&self, mac: &mut syn::Macro) -> Vec<(NodeId, Option<VariableId>)> {
        let Call::Unknown(mut list) = macro_calls::read(mac) else {
            return Vec::new();
        };
        let mut asked = Vec::new();
        for argument in &mut list.arguments {
            let mut expr = &mut argument.expr;
            while let Expr::Paren(inner) = expr {
                expr = &mut inner.expr;
            }
            let Expr::Path(path) = &mut *expr else {
                continue;
            };
            if let Some(node) = self.is_asked(&path.attrs) {
                path.attrs.clear();
                asked.push((node, self.mentioned(expr)));
            }
        }
        if !asked.is_empty() {
            *mac = list.rebuild();
        }
        asked
    }

    /// Asks what an unknown macro does with the variables in `asked`. It may hold a `return` of the function.
    fn ask_macro(
        &mut self,
        asked: &[(NodeId, Option<VariableId>)],
        mac: &mut syn::Macro,
        question: impl Fn(&syn::Macro) -> TokenStream,
    ) -> TokenStream {
        let mut code = TokenStream::new();
        if let Call::Unknown(mut list) = macro_calls::read(mac) {
            for (index, argument) in list.arguments.iter_mut().enumerate() {
                argument.expr = self.argument(index, &argument.expr, &mut code);
            }
            *mac = list.rebuild();
        }
        let question = question(mac);
        let output = (self.nested < 1000).then_some(&self.output);
        let returned = output.map(|output| quote!(-> #output));
        for (node, subject) in asked {
            let inner =
                quote!(let _ = || #returned { __state_future::never(); #question loop {} };);
            code.extend(self.ask(*node, *subject, inner));
        }
        code
    }

    /// Asks whether a part is moved out of a temporary.
    fn part_of_temporary(&self, node: NodeId, expr: &mut Expr) {
        let base = format_ident!("__base_{}", node);
        let like = format_ident!("__part_{}", node);
        let root = root_mut(expr);
        let value = std::mem::replace(root, parse_quote!(#base));
        let ask = self.ask(node, None, quote!(#like.is(#expr);));
        *expr = parse_quote!({
            let mut #base = #value;
            let #like = __state_future::like(&#expr);
            #ask
            #expr
        });
    }

    fn scrutinee(&mut self, node: NodeId, expr: &mut Expr, ty: &syn::Type, patterns: &[Pat]) {
        let subject = self.mentioned(expr);
        let value = expr.clone();
        let (before, subject_expr): (TokenStream, Expr) = match subject {
            Some(_) => (TokenStream::new(), value),
            None => (
                quote!(let mut __scrutinee: #ty = #value;),
                parse_quote!(__scrutinee),
            ),
        };
        let ask = self.ask(
            node,
            subject,
            quote!(match #subject_expr { #(#patterns => {})* _ => {} }),
        );
        *expr = parse_quote!({ #before #ask #subject_expr });
    }
}

/// Whether evaluating the expression may leave it, for a loop or block around it or out of the function.
fn leaves(expr: &Expr) -> bool {
    #[derive(Default)]
    struct Search {
        leaves: bool,
        /// The labels of blocks within the expression.
        labels: BTreeSet<String>,
    }
    impl<'ast> syn::visit::Visit<'ast> for Search {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
        fn visit_expr_try(&mut self, _: &'ast syn::ExprTry) {
            self.leaves = true;
        }
        fn visit_expr_return(&mut self, _: &'ast syn::ExprReturn) {
            self.leaves = true;
        }
        fn visit_expr_block(&mut self, block: &'ast syn::ExprBlock) {
            let label = block.label.as_ref().map(|label| label.name.to_string());
            self.labels.extend(label);
            syn::visit::visit_expr_block(self, block);
        }
        fn visit_expr_break(&mut self, leaving: &'ast syn::ExprBreak) {
            let label = leaving.label.as_ref().map(ToString::to_string);
            self.leaves |= label.is_none_or(|label| !self.labels.contains(&label));
            syn::visit::visit_expr_break(self, leaving);
        }
        fn visit_expr_continue(&mut self, _: &'ast syn::ExprContinue) {
            self.leaves = true;
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            if let Call::Arguments(list) | Call::Unknown(list) = macro_calls::read(mac) {
                list.arguments
                    .iter()
                    .for_each(|argument| self.visit_expr(&argument.expr));
            }
        }
    }
    let mut search = Search::default();
    syn::visit::Visit::visit_expr(&mut search, expr);
    search.leaves
}

/// The names that closures and blocks within the tokens declare, roughly: those bound by a pattern somewhere.
fn declared_within(tokens: &TokenStream) -> BTreeSet<String> {
    struct Bound(BTreeSet<String>);
    impl<'ast> syn::visit::Visit<'ast> for Bound {
        fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
            self.0.insert(pattern.ident.to_string());
            syn::visit::visit_pat_ident(self, pattern);
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            match macro_calls::read(mac) {
                Call::Arguments(list) | Call::Unknown(list) => {
                    for argument in list.arguments {
                        self.0
                            .extend(declared_within(&argument.expr.to_token_stream()));
                    }
                }
                Call::Awaiting(mut call) => {
                    if let Awaiting::Select(select) = &call.awaiting {
                        for branch in select.branches() {
                            self.0
                                .extend(bindings(&branch.pattern).iter().map(Ident::to_string));
                        }
                    }
                    for expr in call.expressions_mut() {
                        self.0.extend(declared_within(&expr.to_token_stream()));
                    }
                }
                _ => {}
            }
        }
    }
    let mut bound = Bound(BTreeSet::new());
    if let Ok(block) = syn::parse2::<syn::Block>(quote!({ #tokens })) {
        syn::visit::Visit::visit_block(&mut bound, &block);
    }
    bound.0
}

impl VisitMut for Questions<'_> {
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        // It may be a macro that stands for statements.
        let mac = match statement {
            Stmt::Expr(Expr::Macro(call), Some(_)) => Some(&mut call.mac),
            Stmt::Macro(call) => Some(&mut call.mac),
            _ => None,
        };
        if let Some(mac) = mac {
            let asked = self.asked_of_macro(mac);
            if !asked.is_empty() {
                let mut asking = mac.clone();
                self.visit_macro_mut(&mut asking);
                let ask = self.ask_macro(&asked, &mut asking, |mac| quote!(#mac;));
                *statement = Stmt::Expr(
                    Expr::Verbatim(quote!({ #ask } #asking)),
                    Some(Default::default()),
                );
                return;
            }
        }
        visit_mut::visit_stmt_mut(self, statement);
        if let Stmt::Local(local) = statement {
            if let (Some(node), Some(init)) = (self.is_asked(&local.attrs), &mut local.init) {
                let (pattern, ty) = match &local.pat {
                    Pat::Type(typed) => ((*typed.pat).clone(), (*typed.ty).clone()),
                    pattern => (pattern.clone(), parse_quote!(_)),
                };
                self.scrutinee(node, &mut init.expr, &ty, &[pattern]);
            }
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Call::Awaiting(mut call) = macro_calls::read(mac) {
            call.expressions_mut()
                .into_iter()
                .for_each(|expr| self.visit_expr_mut(expr));
            *mac = call.rebuild();
            return;
        }
        if let Call::OwnBlock(mut call) = macro_calls::read(mac) {
            let outer = self.nested;
            self.nested += 1000;
            self.visit_block_mut(&mut call.block);
            self.nested = outer;
            let statements = &mut call.block.stmts;
            statements.insert(0, parse_quote!(__state_future::never();));
            *mac = call.rebuild();
            return;
        }
        if let Call::Arguments(mut list) | Call::Unknown(mut list) = macro_calls::read(mac) {
            let before: Vec<Expr> = list
                .arguments
                .iter()
                .map(|argument| argument.expr.clone())
                .collect();
            for argument in &mut list.arguments {
                self.visit_expr_mut(&mut argument.expr);
            }
            if list
                .arguments
                .iter()
                .zip(&before)
                .any(|(argument, before)| argument.expr != *before)
            {
                *mac = list.rebuild();
            }
        }
    }

    /// A closure's body is borrow-checked by itself, so it, too, must be unreachable.
    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        let outer = self.nested;
        if closure.asyncness.is_some() {
            self.nested += 1000;
        }
        visit_mut::visit_expr_closure_mut(self, closure);
        self.nested = outer;
        let body = &closure.body;
        // In parentheses, a block that stands for an operand does not end the statement.
        closure.body = parse_quote!({ __state_future::never(); (#body) });
    }

    fn visit_expr_async_mut(&mut self, block: &mut syn::ExprAsync) {
        // Its awaits are its own.
        let outer = self.nested;
        self.nested += 1000;
        visit_mut::visit_expr_async_mut(self, block);
        self.nested = outer;
        let inner = &block.block;
        block.block = parse_quote!({ __state_future::never(); #inner });
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let asked = match &mut *expr {
            Expr::Macro(call) => self.asked_of_macro(&mut call.mac),
            _ => Vec::new(),
        };
        let copied = match &*expr {
            Expr::Closure(closure) if closure.capture.is_some() => self.copied(&closure.body),
            Expr::Async(block) if block.capture.is_some() => self.copied(&block.block),
            Expr::Macro(call) => match macro_calls::read(&call.mac) {
                Call::OwnBlock(_) => self.copied(&call.mac.tokens),
                _ => Vec::new(),
            },
            Expr::Path(_) => match self.names.mention_of(expr).map(|mention| mention.usage) {
                Some(Use::Value) => self.copied(&*expr),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if !copied.is_empty() {
            self.visit_expr_mut(expr);
            *expr = parse_quote!({ #(#copied)* #expr });
            return;
        }
        let captured = self.captured_as_a_whole(expr);
        self.nested += 1;
        visit_mut::visit_expr_mut(self, expr);
        self.nested -= 1;
        if !captured.is_empty() {
            closures::ask_within(expr, &captured);
            return;
        }
        if let (Expr::Macro(call), Some((node, _))) = (&mut *expr, asked.first()) {
            let result = format_ident!("__result_{}", node);
            let ask = self.ask_macro(&asked, &mut call.mac, |mac| quote!(#result.is(#mac);));
            *expr = giving(&result, ask);
            return;
        }
        match expr {
            Expr::Closure(syn::ExprClosure { attrs, .. })
            | Expr::Async(syn::ExprAsync { attrs, .. }) => {
                let asks = self.captured(attrs);
                if !asks.is_empty() {
                    attrs.clear();
                    *expr = parse_quote!({ #(#asks)* #expr });
                }
            }
            Expr::Await(inner) if self.nested < 1000 => {
                let base = &inner.base;
                *expr = parse_quote!(__state_future::awaited(#base));
            }
            Expr::Path(path) => {
                if let Some(node) = self.is_asked(&path.attrs) {
                    let subject = self.mentioned(expr);
                    let ask = self.ask(node, subject, quote!(let __value = #expr;));
                    *expr = parse_quote!({ #ask #expr });
                }
            }
            Expr::Field(_) | Expr::Unary(_) => {
                let attributes = match &mut *expr {
                    Expr::Field(field) => std::mem::take(&mut field.attrs),
                    Expr::Unary(unary) => std::mem::take(&mut unary.attrs),
                    _ => Vec::new(),
                };
                if let Some(node) = self.is_asked(&attributes) {
                    self.part_of_temporary(node, expr);
                    return;
                }
                let Some((_, site)) = self.names.site(expr) else {
                    return;
                };
                if matches!(site.taken, Taken::Value) && self.asked.contains(&site.node) {
                    // Passed on as a value of a known type, a unique reference is reborrowed.
                    let like = format_ident!("__part_{}", site.node);
                    let ask = self.ask(site.node, Some(site.variable), quote!(#like.is(#expr);));
                    *expr = parse_quote!({ let #like = __state_future::like(&#expr); #ask #expr });
                }
            }
            Expr::MethodCall(call) => {
                let Some(node) = self.is_asked(&call.attrs) else {
                    return;
                };
                call.attrs.clear();
                let subject = self.mentioned(&call.receiver);
                let mut before = TokenStream::new();
                if subject.is_none() {
                    let receiver = &call.receiver;
                    before = quote!(let mut __receiver = #receiver;);
                    *call.receiver = parse_quote!(__receiver);
                }
                let mut outside = TokenStream::new();
                for (index, argument) in call.args.iter_mut().enumerate() {
                    *argument = self.argument(index, argument, &mut outside);
                }
                // The call stands here once only: what its context says of its type holds for the question.
                let result = format_ident!("__result_{}", node);
                let ask = self.ask(node, subject, quote!(#result.is(#call);));
                *expr = giving(&result, quote!(#before #outside #ask));
            }
            Expr::Call(call) => {
                let Some(node) = self.is_asked(&call.attrs) else {
                    return;
                };
                call.attrs.clear();
                let subject = self.mentioned(&call.func);
                let mut before = TokenStream::new();
                if subject.is_none() && !matches!(&*call.func, Expr::Path(_)) {
                    let callee = &call.func;
                    before = quote!(let mut __callee = #callee;);
                    *call.func = parse_quote!(__callee);
                }
                let mut outside = TokenStream::new();
                for (index, argument) in call.args.iter_mut().enumerate() {
                    *argument = self.argument(index, argument, &mut outside);
                }
                let result = format_ident!("__result_{}", node);
                let ask = self.ask(node, subject, quote!(#result.is(#call);));
                *expr = giving(&result, quote!(#before #outside #ask));
            }
            Expr::Binary(binary) => {
                if let Some(node) = self.is_asked(&binary.attrs) {
                    let answer = format_ident!("__answer_{}", node);
                    binary.attrs.clear();
                    let (left, right, operator) = (&binary.left, &binary.right, &binary.op);
                    *expr = parse_quote!({
                        let __right = #right;
                        // It stands here once only: there may be questions in it.
                        let __left = &mut #left;
                        __state_future::ask_operands(&#answer, __left, &__right);
                        *__left #operator __right
                    });
                }
            }
            Expr::Match(matching) => {
                if let Some(node) = self.is_asked(&matching.attrs) {
                    let patterns: Vec<Pat> =
                        matching.arms.iter().map(|arm| arm.pat.clone()).collect();
                    self.scrutinee(node, &mut matching.expr, &parse_quote!(_), &patterns);
                }
            }
            Expr::Struct(literal) => {
                let (Some(node), Some(rest)) = (self.is_asked(&literal.attrs), &literal.rest)
                else {
                    return;
                };
                let made_up = vec![quote!(__state_future::untold().value()); literal.fields.len()];
                let subject = self.mentioned(rest);
                let (before, base): (TokenStream, Expr) = match subject {
                    Some(_) => (TokenStream::new(), (**rest).clone()),
                    None => (quote!(let mut __base = #rest;), parse_quote!(__base)),
                };
                let question = crate::emit::parts::with_fields(literal, &made_up, quote!(#base));
                let ask = self.ask(node, subject, quote!(let __value = #question;));
                literal.rest = Some(Box::new(base));
                *expr = parse_quote!(({ #before #ask #expr }));
            }
            Expr::ForLoop(repeat) => {
                if let Some(node) = self.is_asked(&repeat.attrs) {
                    let (pattern, body) = (&repeat.pat, &repeat.body);
                    let ask = self.ask(node, None, quote!(match __item { #pattern => {} _ => {} }));
                    repeat.body = parse_quote!({ #ask let #pattern = __item; #body });
                    repeat.pat = parse_quote!(mut __item);
                }
            }
            Expr::Let(condition) => {
                if let Some(node) = self.is_asked(&condition.attrs) {
                    let pattern = (*condition.pat).clone();
                    self.scrutinee(node, &mut condition.expr, &parse_quote!(_), &[pattern]);
                }
            }
            _ => {}
        }
    }
}
