//! Which mention of a variable is its last: a backward walk over the body, in reverse order of evaluation.
//!
//! A variable is live where some path leads to another mention of it before it gets a new value. A value used while its
//! variable stays live has been copied (or reborrowed), or the program would not compile; used as the last mention, it
//! has been moved, or is of a type for which that makes no difference. The same goes for a field that is mentioned.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Block, Expr, ExprStruct, Pat, Stmt};

use super::diverging::never_returns;
use crate::macro_calls::{self, Call};
use crate::resolve::{
    MentionId, Names, Path, Use, VariableId, Visited, child, fields_of, for_each_place, is_within,
    may_move, overlap, place_of, visited,
};

type Live = BTreeSet<Later>;

/// As [`place_of`], but what lies within the variable begins with a step of its own: what a box holds may get a new value while
/// the box is there.
fn place(expr: &Expr) -> Option<(MentionId, Path)> {
    let (mention, path) = place_of(expr)?;
    Some((mention, if is_within(expr) { within(path) } else { path }))
}

/// As [`place`], and the way to what lies in the place.
fn place_and_inside(expr: &Expr) -> Option<(MentionId, Path, Path)> {
    let (mention, path) = place(expr)?;
    let inside = if is_within(expr) {
        path.clone()
    } else {
        within(Path::new())
    };
    Some((mention, path, inside))
}

fn within(mut path: Path) -> Path {
    path.insert(0, "*".to_string());
    path
}

/// What is mentioned later: a variable, or a field of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Later {
    variable: VariableId,
    path: Path,
    /// It gets a new value there.
    assigned: bool,
    /// Only which variant it is is read there.
    shallow: bool,
    /// The fields that have got a new value by then.
    refilled: BTreeSet<Path>,
}

impl Later {
    /// Whether the place must still hold its value for this.
    fn needs(&self, variable: VariableId, path: &[String]) -> bool {
        let within = if self.assigned {
            // A field of what has been moved out cannot be assigned.
            self.path.len() > path.len() && self.path.starts_with(path)
        } else if self.shallow {
            self.path.starts_with(path)
        } else {
            overlap(&self.path, path)
        };
        let refilled = self.refilled.iter().any(|field| path.starts_with(field));
        self.variable == variable && within && !refilled
    }
}

/// Fills in [`last`](crate::resolve::Mention::last) for every mention in `body`.
pub fn mark_last_mentions(names: &mut Names, body: &Block) {
    let mut walk = Walk {
        names,
        loops: Vec::new(),
    };
    walk.block(body, Live::new());
}

struct Target {
    label: Option<String>,
    is_loop: bool,
    after: Live,
    head: Live,
}

struct Walk<'a> {
    names: &'a mut Names,
    loops: Vec<Target>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block, mut live: Live) -> Live {
        for statement in block.stmts.iter().rev() {
            live = match statement {
                Stmt::Local(local) => match &local.init {
                    None => self.declared(&local.pat, live),
                    Some(init) => {
                        let live = self.declared(&local.pat, live);
                        let live = match &init.diverge {
                            Some((_, diverge)) => {
                                let mut diverging = self.expr(diverge, Live::new());
                                diverging.extend(live);
                                diverging
                            }
                            None => live,
                        };
                        self.matched(&init.expr, [&local.pat], live)
                    }
                },
                Stmt::Expr(expr, _) => self.expr(expr, live),
                Stmt::Macro(statement) => self.macro_call(&statement.mac, live),
                Stmt::Item(_) => live,
            };
        }
        live
    }

    /// Before its declaration, a variable is not live.
    fn declared(&self, pattern: &Pat, mut live: Live) -> Live {
        for name in crate::resolve::bindings(pattern) {
            live.retain(|later| self.names.variables[later.variable].name != name);
        }
        live
    }

    fn sequence<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>, mut live: Live) -> Live {
        let exprs: Vec<&Expr> = exprs.into_iter().collect();
        for expr in exprs.into_iter().rev() {
            live = self.expr(expr, live);
        }
        live
    }

    fn mention(&mut self, id: MentionId, path: Path, live: Live) -> Live {
        let used = Visited {
            path: path.clone(),
            is_shallow: false,
        };
        self.mention_of_places(id, path, vec![used], live)
    }

    /// A mention of the place at `path`, of which these places are used.
    fn mention_of_places(
        &mut self,
        id: MentionId,
        path: Path,
        used: Vec<Visited>,
        mut live: Live,
    ) -> Live {
        let mention = &mut self.names.mentions[id];
        let variable = mention.variable;
        mention.last = !live.iter().any(|later| later.needs(variable, &path));
        if mention.usage == Use::Assign {
            live.retain(|later| later.variable != variable);
        } else {
            live.extend(used.into_iter().map(|used| Later {
                variable,
                path: used.path,
                assigned: false,
                shallow: used.is_shallow,
                refilled: BTreeSet::new(),
            }));
        }
        live
    }

    /// What is matched against the patterns: a place is used no further than they look.
    fn matched<'p>(
        &mut self,
        scrutinee: &Expr,
        patterns: impl IntoIterator<Item = &'p Pat>,
        live: Live,
    ) -> Live {
        let Some((mention, path, root)) = place_and_inside(scrutinee) else {
            return self.expr(scrutinee, live);
        };
        let mut used: Vec<Visited> = Vec::new();
        for pattern in patterns {
            used.extend(visited(pattern, &root));
        }
        if used.iter().all(|used| used.path == root) {
            return self.mention(mention, path, live);
        }
        self.mention_of_places(mention, path, used, live)
    }

    /// A struct takes those fields out of the base that it has not itself.
    fn base(&mut self, literal: &ExprStruct, base: &Expr, live: Live) -> Live {
        let Some((mention, path, root)) = place_and_inside(base) else {
            return self.expr(base, live);
        };
        let variable = self.names.mentions[mention].variable;
        let mut before = self.mention_of_places(mention, path.clone(), Vec::new(), live);
        before.insert(Later {
            variable,
            path,
            assigned: false,
            shallow: false,
            refilled: literal
                .fields
                .iter()
                .map(|field| child(&root, &field.member))
                .collect(),
        });
        before
    }

    /// A field gets a new value.
    fn assigned(&mut self, id: MentionId, path: Path, mut live: Live) -> Live {
        let variable = self.names.mentions[id].variable;
        live.retain(|later| later.variable != variable || !later.path.starts_with(&path));
        let mut before: Live = live
            .into_iter()
            .map(|mut later| {
                if later.variable == variable && path.starts_with(&later.path) {
                    later.refilled.insert(path.clone());
                }
                later
            })
            .collect();
        before.insert(Later {
            variable,
            path,
            assigned: true,
            shallow: false,
            refilled: BTreeSet::new(),
        });
        before
    }

    /// Everything a closure mentions is used where the closure is made. One that `moves` takes no more than the fields which
    /// it mentions of a variable.
    fn captures(&mut self, tokens: impl ToTokens, moves: bool, live: Live) -> Live {
        let tokens = tokens.to_token_stream();
        let fields = match moves {
            true => fields_of(self.names, tokens.clone()),
            false => BTreeMap::new(),
        };
        let mut before = live.clone();
        for_each_place(tokens, &mut |id, path| {
            let variable = self.names.mentions[id].variable;
            let is_live = live.iter().any(|later| match fields.get(&variable) {
                Some(fields) => fields
                    .iter()
                    .any(|(_, path)| later.needs(variable, &within(path.clone()))),
                None => later.variable == variable,
            });
            self.names.mentions[id].last = !is_live;
            let own = |path: &Path| {
                if path.is_empty() {
                    Path::new()
                } else {
                    within(path.clone())
                }
            };
            let used: Vec<Path> = match fields.get(&variable) {
                Some(fields) => fields
                    .iter()
                    .filter(|(other, _)| *other == id)
                    .map(|(_, path)| own(path))
                    .collect(),
                None => vec![own(&path)],
            };
            before.extend(used.into_iter().map(|path| Later {
                variable,
                path,
                assigned: false,
                shallow: false,
                refilled: BTreeSet::new(),
            }));
        });
        before
    }

    /// `left += right`. Which side is evaluated first depends on the types: each counts as evaluated before the other.
    fn compound(&mut self, left: &Expr, right: &Expr, live: Live) -> Live {
        let with_left = self.expr(left, live.clone());
        let with_both = self.expr(right, with_left.clone());
        let with_right = with_both.difference(&with_left).cloned().chain(live);
        let mut before = self.expr(left, with_right.collect());
        before.extend(with_both);
        before
    }

    /// A condition, with what is live before each of its branches.
    fn condition(&mut self, condition: &Expr, then: Live, mut otherwise: Live) -> Live {
        let moving = match condition {
            Expr::Let(condition) if may_move(&condition.pat) => {
                Some(self.declared(&condition.pat, then.clone()))
            }
            _ => None,
        };
        otherwise.extend(then);
        let before = self.expr(condition, otherwise);
        if let Expr::Let(condition) = condition {
            self.taken(&condition.expr, moving);
        }
        before
    }

    /// Only where a pattern has matched has anything been moved out of the place that is matched: what is live before the
    /// other branches does not count.
    fn taken(&mut self, scrutinee: &Expr, moving: Option<Live>) {
        if let (Some((mention, path)), Some(live)) = (place(scrutinee), moving) {
            let variable = self.names.mentions[mention].variable;
            let is_needed = live.iter().any(|later| later.needs(variable, &path));
            self.names.mentions[mention].last = !is_needed;
        }
    }

    fn jump(&self, label: &Option<syn::Lifetime>, continues: bool) -> Live {
        let target = match label {
            Some(label) => {
                let name = label.ident.to_string();
                self.loops
                    .iter()
                    .rev()
                    .find(|target| target.label.as_ref() == Some(&name))
            }
            None => self.loops.iter().rev().find(|target| target.is_loop),
        };
        target.map_or_else(Live::new, |target| {
            if continues {
                target.head.clone()
            } else {
                target.after.clone()
            }
        })
    }

    /// A loop's body is walked until what is live at its head no longer grows.
    fn repeat(
        &mut self,
        label: &Option<syn::Label>,
        after: &Live,
        mut body: impl FnMut(&mut Self, Live) -> Live,
    ) -> Live {
        let mut head = Live::new();
        loop {
            self.loops.push(Target {
                label: label.as_ref().map(|label| label.name.ident.to_string()),
                is_loop: true,
                after: after.clone(),
                head: head.clone(),
            });
            let before = body(self, head.clone());
            self.loops.pop();
            let grown: Live = before.union(&head).cloned().collect();
            if grown == head {
                return head;
            }
            head = grown;
        }
    }

    fn expr(&mut self, expr: &Expr, live: Live) -> Live {
        if let Some((mention, path)) = place(expr) {
            return self.mention(mention, path, live);
        }
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr, live),
            Expr::Group(inner) => self.expr(&inner.expr, live),
            Expr::MethodCall(call) => {
                let live = self.sequence(&call.args, live);
                self.expr(&call.receiver, live)
            }
            Expr::Field(field) => self.expr(&field.base, live),
            Expr::Index(index) => self.sequence([&*index.expr, &*index.index], live),
            Expr::Unary(unary) => self.expr(&unary.expr, live),
            Expr::Reference(reference) => self.expr(&reference.expr, live),
            Expr::RawAddr(raw) => self.expr(&raw.expr, live),
            Expr::Binary(binary) => match binary.op {
                syn::BinOp::And(_) | syn::BinOp::Or(_) => {
                    let mut right = self.expr(&binary.right, live.clone());
                    right.extend(live);
                    self.expr(&binary.left, right)
                }
                _ if super::temporaries::is_assignment(&binary.op) => {
                    self.compound(&binary.left, &binary.right, live)
                }
                _ => self.sequence([&*binary.left, &*binary.right], live),
            },
            Expr::Assign(assign) => {
                let live = match place(&assign.left) {
                    Some((mention, path)) if !path.is_empty() => self.assigned(mention, path, live),
                    _ => self.expr(&assign.left, live),
                };
                self.expr(&assign.right, live)
            }
            Expr::Let(condition) => {
                let live = self.declared(&condition.pat, live);
                self.matched(&condition.expr, [&*condition.pat], live)
            }
            Expr::If(branch) => {
                let otherwise = match &branch.else_branch {
                    Some((_, otherwise)) => self.expr(otherwise, live.clone()),
                    None => live.clone(),
                };
                let then = self.block(&branch.then_branch, live);
                self.condition(&branch.cond, then, otherwise)
            }
            Expr::Match(matching) => {
                let mut before = Live::new();
                let mut moving: Option<Live> = None;
                for arm in matching.arms.iter().rev() {
                    let body = self.expr(&arm.body, live.clone());
                    if may_move(&arm.pat) {
                        let body = self.declared(&arm.pat, body.clone());
                        moving.get_or_insert_default().extend(body);
                    }
                    let taken = match &arm.guard {
                        Some((_, guard)) => {
                            let failing: Live = body.union(&before).cloned().collect();
                            self.expr(guard, failing)
                        }
                        None => body,
                    };
                    before.extend(self.declared(&arm.pat, taken));
                }
                let patterns = matching.arms.iter().map(|arm| &arm.pat);
                let before = self.matched(&matching.expr, patterns, before);
                self.taken(&matching.expr, moving);
                before
            }
            Expr::Loop(repeat) => self.repeat(&repeat.label, &live, |walk, head| {
                walk.block(&repeat.body, head)
            }),
            Expr::While(repeat) => self.repeat(&repeat.label, &live, |walk, head| {
                let body = walk.block(&repeat.body, head);
                walk.condition(&repeat.cond, body, live.clone())
            }),
            Expr::ForLoop(repeat) => {
                let before = self.repeat(&repeat.label, &live, |walk, head| {
                    let before = walk.block(&repeat.body, head);
                    let mut before = walk.declared(&repeat.pat, before);
                    before.extend(live.iter().cloned());
                    before
                });
                self.expr(&repeat.expr, before)
            }
            Expr::Block(block) => match &block.label {
                None => self.block(&block.block, live),
                Some(label) => {
                    self.loops.push(Target {
                        label: Some(label.name.ident.to_string()),
                        is_loop: false,
                        after: live.clone(),
                        head: Live::new(),
                    });
                    let before = self.block(&block.block, live);
                    self.loops.pop();
                    before
                }
            },
            Expr::Unsafe(block) => self.block(&block.block, live),
            Expr::Closure(closure) => self.captures(&closure.body, closure.capture.is_some(), live),
            Expr::Async(block) => self.captures(&block.block, block.capture.is_some(), live),
            Expr::Call(call) => {
                let live = if never_returns(call) {
                    Live::new()
                } else {
                    live
                };
                let live = self.sequence(&call.args, live);
                self.expr(&call.func, live)
            }
            Expr::Struct(literal) => {
                let live = match &literal.rest {
                    Some(base) => self.base(literal, base, live),
                    None => live,
                };
                self.sequence(literal.fields.iter().map(|field| &field.expr), live)
            }
            Expr::Tuple(tuple) => self.sequence(&tuple.elems, live),
            Expr::Array(array) => self.sequence(&array.elems, live),
            Expr::Repeat(repeat) => self.expr(&repeat.expr, live),
            Expr::Range(range) => self.sequence(
                range.start.iter().chain(range.end.iter()).map(|end| &**end),
                live,
            ),
            Expr::Cast(cast) => self.expr(&cast.expr, live),
            Expr::Try(inner) => self.expr(&inner.expr, live),
            Expr::Await(inner) => self.expr(&inner.base, live),
            Expr::Return(leave) => leave
                .expr
                .as_ref()
                .map_or_else(Live::new, |value| self.expr(value, Live::new())),
            Expr::Break(leave) => {
                let after = self.jump(&leave.label, false);
                match &leave.expr {
                    Some(value) => self.expr(value, after),
                    None => after,
                }
            }
            Expr::Continue(leave) => self.jump(&leave.label, true),
            Expr::Macro(mac) => self.macro_call(&mac.mac, live),
            _ => live,
        }
    }

    fn macro_call(&mut self, mac: &syn::Macro, mut live: Live) -> Live {
        if macro_calls::diverges(&mac.path) {
            live = Live::new();
        }
        match macro_calls::read(mac) {
            // Some arguments may not be evaluated.
            Call::Arguments(list) | Call::Unknown(list) => {
                for argument in list.arguments.iter().rev() {
                    let skipped = live.clone();
                    live = self.expr(&argument.expr, live);
                    live.extend(skipped);
                }
                live
            }
            _ => self.captures(&mac.tokens, false, live),
        }
    }
}
