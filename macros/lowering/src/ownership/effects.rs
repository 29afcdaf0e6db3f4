//! What an expression without awaits does to the variables it mentions.

use std::collections::BTreeMap;

use syn::{Block, Expr, Label, Lifetime, Stmt};

use super::parts::{Gone, Part};
use super::{Status, TAILS_END, Ways};
use crate::flow::{LabelId, diverges, early_part};
use crate::macro_calls::{self, Call};
use crate::resolve::{
    MentionId, Names, NodeId, Taken, Use, VariableId, captured_parts, may_move, mention_id,
    place_of, site_id,
};

/// The variables' values at a point, if the point is reached.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    pub ways: BTreeMap<VariableId, Ways>,
    /// What may have been moved out of them.
    pub gone: Gone,
    pub reachable: bool,
}

impl State {
    pub fn join(&mut self, other: &State) {
        if !other.reachable {
            return;
        }
        if !self.reachable {
            *self = other.clone();
            return;
        }
        self.gone.join(&other.gone);
        for (variable, ways) in &other.ways {
            self.ways.entry(*variable).or_default().join(ways);
        }
    }

    pub fn set(&mut self, variable: VariableId, status: Status) {
        if matches!(status, Status::Live | Status::Vacant) {
            self.gone.whole(variable);
        }
        self.ways.insert(variable, status.into());
    }

    /// The variable is as it was.
    pub fn restore(&mut self, variable: VariableId, ways: &Ways) {
        match ways.status() {
            Status::Live | Status::Vacant => self.set(variable, ways.status()),
            _ => _ = self.ways.insert(variable, ways.clone()),
        }
    }
}

/// What the walk over an expression reports.
pub trait Report {
    fn mentioned(&mut self, variable: VariableId);
    /// The variable gets a value.
    fn filled(&mut self, variable: VariableId, state: &State);
    fn asked(&mut self, variable: VariableId, node: NodeId);
    /// A part may be moved out of the variable.
    fn parted(&mut self, variable: VariableId, part: Part, state: &State);
    /// A variable gets a part of what an expression of this node may have moved out.
    fn refilled_in_part(&mut self, variable: VariableId, node: NodeId);
    fn leaves(&mut self, label: LabelId, state: &State);
    fn repeats(&mut self, label: LabelId, state: &State);
}

pub struct Effects<'a, R> {
    names: &'a Names,
    report: &'a mut R,
    /// The loops and labelled blocks within the expression, the innermost last.
    targets: Vec<Target>,
}

/// A loop or a labelled block, and how it is left.
struct Target {
    label: Option<String>,
    is_loop: bool,
    left: Option<State>,
    repeated: Option<State>,
}

impl Target {
    fn new(label: &Option<Label>, is_loop: bool) -> Self {
        Target {
            label: label.as_ref().map(|label| label.name.ident.to_string()),
            is_loop,
            left: None,
            repeated: None,
        }
    }
}

fn join(all: &mut Option<State>, state: &State) {
    match all {
        Some(all) => all.join(state),
        None => *all = Some(state.clone()),
    }
}

impl<'a, R: Report> Effects<'a, R> {
    pub fn new(names: &'a Names, report: &'a mut R) -> Self {
        Effects {
            names,
            report,
            targets: Vec::new(),
        }
    }
}

impl<R: Report> Effects<'_, R> {
    /// A part of a variable moves out of it if the `number`th way to use the place does that.
    pub fn part(&mut self, expr: &Expr, number: usize, state: &mut State) {
        let Some((mention, site)) = self.names.site(expr) else {
            return;
        };
        if self.names.mentions[mention].captured_by.is_some() {
            self.report.asked(site.variable, site.node);
        } else if self.names.may_take(mention) {
            let part = Part {
                mention,
                node: site.node,
                number,
            };
            self.report.asked(site.variable, site.node);
            self.report.parted(site.variable, part, state);
            state.gone.moved(site.variable, part);
        }
    }

    /// The arms that move something out of a place; each leaves with a state of its own.
    pub fn arm(&mut self, expr: &Expr, number: usize, pattern: &syn::Pat, state: &mut State) {
        let site = self.names.site(expr);
        let matched = site.is_some_and(|(_, site)| matches!(site.taken, Taken::Patterns { .. }));
        if matched && may_move(pattern) {
            self.part(expr, number, state);
        }
    }

    /// A field gets a new value.
    fn refill(&mut self, expr: &Expr, state: &mut State) {
        let Some((mention, path)) = place_of(expr) else {
            return;
        };
        let variable = self.names.mentions[mention].variable;
        let (filled, overlapping) = state.gone.refill(self.names, variable, &path);
        for part in overlapping {
            self.report.refilled_in_part(variable, part.node);
        }
        for part in filled {
            state.gone.back(variable, part);
        }
    }

    fn mention(&mut self, id: MentionId, expr: &Expr, state: &mut State) {
        let mention = &self.names.mentions[id];
        let variable = mention.variable;
        self.report.mentioned(variable);
        if let Some((_, site)) = self.names.site(expr) {
            if matches!(site.taken, Taken::Value) {
                self.part(expr, 0, state);
            }
            return;
        }
        match mention.usage {
            Use::Assign => {
                self.report.filled(variable, state);
                state.set(variable, Status::Live);
            }
            Use::Value if mention.last => self.passed(variable, state),
            Use::Unclear(node) if mention.last => self.ask(variable, node, state),
            _ => {}
        }
    }

    /// The variable's value is used for the last time.
    fn passed(&mut self, variable: VariableId, state: &mut State) {
        match self.names.copies.get(&variable) {
            Some(node) => self.ask(variable, *node, state),
            None => state.set(variable, Status::Vacant),
        }
    }

    fn ask(&mut self, variable: VariableId, node: NodeId, state: &mut State) {
        self.report.asked(variable, node);
        if let Some(ways) = state.ways.get_mut(&variable) {
            ways.ask(node);
        }
    }

    fn method_call(&mut self, call: &syn::ExprMethodCall, state: &mut State) {
        if !self.own_call(call, state) {
            self.all(&call.args, state);
            self.expr(&call.receiver, state);
            self.part_of_receiver(&call.receiver, state);
        }
    }

    fn part_of_receiver(&mut self, receiver: &Expr, state: &mut State) {
        if let Some((_, site)) = self.names.site(receiver) {
            if matches!(site.taken, Taken::Receiver) {
                self.part(receiver, 0, state);
            }
        }
    }

    /// The lowering's own calls: `held.put(site, value).place` and the like.
    fn own_call(&mut self, call: &syn::ExprMethodCall, state: &mut State) -> bool {
        let Some(mention) = self.names.mention_of(&call.receiver) else {
            return false;
        };
        if mention.usage != Use::Held {
            return false;
        }
        let variable = mention.variable;
        self.report.mentioned(variable);
        for argument in &call.args {
            self.expr(argument, state);
        }
        if call.method == "drop_now" {
            state.set(variable, Status::Vacant);
        } else if call.method == "drop_if" {
            if let Some(ways) = state.ways.get_mut(&variable) {
                ways.ask(TAILS_END);
            }
        } else if call.method != "early" && !call.method.to_string().starts_with("lend") {
            self.report.filled(variable, state);
            state.set(variable, Status::Live);
        }
        if let Some(Expr::Path(site)) = call.args.first() {
            if let Some(node) = site.path.get_ident().and_then(site_id) {
                self.ask(variable, node, state);
            }
        }
        true
    }

    fn captures(&mut self, moves: bool, tokens: proc_macro2::TokenStream, state: &mut State) {
        let mut last = BTreeMap::new();
        crate::emit::for_each_ident(tokens.clone(), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let mention = &self.names.mentions[id];
                last.insert(mention.variable, mention.last);
            }
        });
        let parts = match moves {
            true => captured_parts(self.names, tokens.clone()),
            false => BTreeMap::new(),
        };
        // What moves takes the variable, or the parts that are known.
        if !moves {
            crate::emit::for_each_ident(tokens.clone(), &mut |ident| {
                if let Some(site) = mention_id(ident).and_then(|id| self.names.sites.get(&id)) {
                    self.report.asked(site.variable, site.node);
                }
            });
        }
        for (variable, last) in last {
            self.report.mentioned(variable);
            if !last {
                // What is used later must have been copied.
                if let Some(mention) = parts.get(&variable) {
                    self.report.asked(variable, self.names.sites[mention].node);
                }
                continue;
            }
            if let Some(mention) = parts.get(&variable) {
                let node = self.names.sites[mention].node;
                let part = Part {
                    mention: *mention,
                    node,
                    number: 0,
                };
                self.report.asked(variable, node);
                self.report.parted(variable, part, state);
                state.gone.moved(variable, part);
            } else if moves {
                self.passed(variable, state);
            } else if let Some(node) = self.names.capture(tokens.clone(), variable) {
                self.ask(variable, node, state);
            }
        }
    }

    /// The variable that a pattern may take apart, and what it holds.
    fn lent(&self, expr: &Expr, state: &State) -> Option<(VariableId, Ways)> {
        let mention = self.names.mention_of(expr)?;
        let ways = state.ways.get(&mention.variable)?;
        (matches!(mention.usage, Use::Unclear(_)) && mention.last)
            .then(|| (mention.variable, ways.clone()))
    }

    fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>, state: &mut State) {
        for expr in exprs {
            self.expr(expr, state);
        }
    }

    fn maybe(&mut self, state: &mut State, run: impl FnOnce(&mut Self, &mut State)) {
        let mut other = state.clone();
        run(self, &mut other);
        state.join(&other);
    }

    /// A loop, whose body is run as often as that tells something new. What `begins` each round says how the loop may end there.
    fn repeat(
        &mut self,
        label: &Option<Label>,
        state: &mut State,
        mut begins: impl FnMut(&mut Self, &mut State) -> Option<State>,
        body: &Block,
    ) {
        let mut entry = state.clone();
        loop {
            let mut round = entry.clone();
            self.targets.push(Target::new(label, true));
            let mut ended = begins(self, &mut round);
            self.block(body, &mut round);
            let mut again = entry.clone();
            again.join(&round);
            if let Some(target) = self.targets.pop() {
                if let Some(repeated) = &target.repeated {
                    again.join(repeated);
                }
                if let Some(left) = &target.left {
                    join(&mut ended, left);
                }
            }
            if again == entry {
                match ended {
                    Some(ended) => *state = ended,
                    None => state.reachable = false,
                }
                return;
            }
            entry = again;
        }
    }

    /// What a `break` or `continue` leads to.
    fn target(&mut self, label: &Option<Lifetime>) -> Option<&mut Target> {
        self.targets.iter_mut().rev().find(|target| match label {
            Some(label) => target.label.as_ref() == Some(&label.ident.to_string()),
            None => target.is_loop,
        })
    }

    fn block(&mut self, block: &Block, state: &mut State) {
        for statement in &block.stmts {
            match statement {
                Stmt::Local(local) => {
                    if let Some(init) = &local.init {
                        self.expr(&init.expr, state);
                        if let Some((_, diverge)) = &init.diverge {
                            self.maybe(state, |effects, state| effects.expr(diverge, state));
                        }
                        self.arm(&init.expr, 0, &local.pat, state);
                    }
                }
                Stmt::Expr(expr, _) => self.expr(expr, state),
                Stmt::Macro(statement) => {
                    self.macro_call(&statement.mac, state);
                    state.reachable &= !macro_calls::diverges(&statement.mac.path);
                }
                Stmt::Item(_) => {}
            }
        }
    }

    fn macro_call(&mut self, mac: &syn::Macro, state: &mut State) {
        match macro_calls::read(mac) {
            Call::Unknown(list) => {
                for argument in &list.arguments {
                    let before = state.clone();
                    self.expr(&argument.expr, state);
                    if !state.reachable {
                        // It leaves, but may not be evaluated.
                        *state = before;
                    }
                }
            }
            Call::Arguments(list) => {
                for argument in &list.arguments {
                    if matches!(argument.mode, macro_calls::ArgumentMode::Lazy) {
                        self.maybe(state, |effects, state| effects.expr(&argument.expr, state));
                    } else {
                        self.expr(&argument.expr, state);
                    }
                }
            }
            Call::OwnBlock(_) => self.captures(true, mac.tokens.clone(), state),
            _ => self.captures(false, mac.tokens.clone(), state),
        }
    }

    pub fn expr(&mut self, expr: &Expr, state: &mut State) {
        if let Some((id, _)) = place_of(expr) {
            return self.mention(id, expr, state);
        }
        if let Some(part) = early_part(expr) {
            self.expr(part, state);
            return self.part_of_receiver(part, state);
        }
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr, state),
            Expr::Group(inner) => self.expr(&inner.expr, state),
            Expr::MethodCall(call) => self.method_call(call, state),
            Expr::Field(field) => self.expr(&field.base, state),
            Expr::Index(index) => self.all([&*index.expr, &*index.index], state),
            Expr::Unary(unary) => self.expr(&unary.expr, state),
            Expr::Reference(reference) => self.expr(&reference.expr, state),
            Expr::RawAddr(raw) => self.expr(&raw.expr, state),
            Expr::Binary(binary) => {
                self.expr(&binary.left, state);
                if matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) {
                    self.maybe(state, |effects, state| effects.expr(&binary.right, state));
                } else {
                    self.expr(&binary.right, state);
                }
            }
            Expr::Assign(assign) => {
                self.all([&*assign.right, &*assign.left], state);
                if crate::resolve::is_within(&assign.left) {
                    self.refill(&assign.left, state);
                }
            }
            Expr::Let(condition) => {
                self.expr(&condition.expr, state);
                self.maybe(state, |effects, state| {
                    effects.arm(&condition.expr, 0, &condition.pat, state)
                });
            }
            Expr::If(branch) => {
                let lent = match &*branch.cond {
                    Expr::Let(condition) => self.lent(&condition.expr, state),
                    _ => None,
                };
                let mut otherwise = match &*branch.cond {
                    Expr::Let(condition) => {
                        self.expr(&condition.expr, state);
                        let otherwise = state.clone();
                        self.arm(&condition.expr, 0, &condition.pat, state);
                        otherwise
                    }
                    condition => {
                        self.expr(condition, state);
                        state.clone()
                    }
                };
                if let Some((variable, ways)) = lent {
                    otherwise.restore(variable, &ways);
                }
                self.block(&branch.then_branch, state);
                if let Some((_, branch)) = &branch.else_branch {
                    self.expr(branch, &mut otherwise);
                }
                state.join(&otherwise);
            }
            Expr::Match(matching) => {
                let lent = self.lent(&matching.expr, state);
                self.expr(&matching.expr, state);
                let before = state.clone();
                state.reachable = false;
                for (number, arm) in matching.arms.iter().enumerate() {
                    let mut taken = before.clone();
                    if let Some((_, guard)) = &arm.guard {
                        self.expr(guard, &mut taken);
                    }
                    // An arm that takes nothing leaves a scrutinee whole.
                    if let (false, Some((variable, ways))) =
                        (crate::resolve::may_move(&arm.pat), &lent)
                    {
                        taken.restore(*variable, ways);
                    }
                    self.arm(&matching.expr, number, &arm.pat, &mut taken);
                    self.expr(&arm.body, &mut taken);
                    state.join(&taken);
                }
                if matching.arms.is_empty() {
                    state.reachable = false;
                }
            }
            Expr::Loop(repeat) => self.repeat(&repeat.label, state, |_, _| None, &repeat.body),
            Expr::While(repeat) => self.repeat(
                &repeat.label,
                state,
                |effects, state| {
                    effects.expr(&repeat.cond, state);
                    Some(state.clone())
                },
                &repeat.body,
            ),
            Expr::ForLoop(repeat) => {
                self.expr(&repeat.expr, state);
                let ends = |_: &mut Self, state: &mut State| Some(state.clone());
                self.repeat(&repeat.label, state, ends, &repeat.body);
            }
            Expr::Block(block) if block.label.is_none() => self.block(&block.block, state),
            Expr::Block(block) => {
                self.targets.push(Target::new(&block.label, false));
                self.block(&block.block, state);
                if let Some(left) = self.targets.pop().and_then(|target| target.left) {
                    state.join(&left);
                }
            }
            Expr::Unsafe(block) => self.block(&block.block, state),
            Expr::Closure(closure) => {
                let tokens = quote::ToTokens::to_token_stream(&closure.body);
                self.captures(closure.capture.is_some(), tokens, state);
            }
            Expr::Async(block) => {
                let tokens = quote::ToTokens::to_token_stream(&block.block);
                self.captures(block.capture.is_some(), tokens, state);
            }
            Expr::Call(call) => {
                self.expr(&call.func, state);
                self.part_of_receiver(&call.func, state);
                self.all(&call.args, state);
            }
            Expr::Struct(literal) => {
                self.all(literal.fields.iter().map(|field| &field.expr), state);
                if let Some(rest) = &literal.rest {
                    self.expr(rest, state);
                    self.part(rest, 0, state);
                }
            }
            Expr::Tuple(tuple) => self.all(&tuple.elems, state),
            Expr::Array(array) => self.all(&array.elems, state),
            Expr::Repeat(repeat) => self.expr(&repeat.expr, state),
            Expr::Range(range) => self.all(
                range.start.iter().chain(range.end.iter()).map(|end| &**end),
                state,
            ),
            Expr::Cast(cast) => self.expr(&cast.expr, state),
            Expr::Try(inner) => self.expr(&inner.expr, state),
            Expr::Return(leave) => {
                self.all(leave.expr.as_deref(), state);
                state.reachable = false;
            }
            Expr::Break(leave) => {
                self.all(leave.expr.as_deref(), state);
                if let Some(label) = &leave.label {
                    let name = label.ident.to_string();
                    if let Some(id) = name.strip_prefix("leave_").and_then(|id| id.parse().ok()) {
                        self.report.leaves(id, state);
                    }
                    if let Some(id) = name.strip_prefix("next_").and_then(|id| id.parse().ok()) {
                        self.report.repeats(id, state);
                    }
                }
                if let Some(target) = self.target(&leave.label) {
                    join(&mut target.left, state);
                }
                state.reachable = false;
            }
            Expr::Continue(leave) => {
                if let Some(target) = self.target(&leave.label) {
                    join(&mut target.repeated, state);
                }
                state.reachable = false;
            }
            Expr::Macro(mac) => {
                self.macro_call(&mac.mac, state);
                state.reachable &= !diverges(expr);
            }
            _ => {}
        }
    }
}
