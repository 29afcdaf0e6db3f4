//! Matches with awaits in guards.
//!
//! A guard sees what its arm's pattern binds by reference; only when it holds does the arm take anything. So an arm
//! whose guard awaits is matched twice: once with `ref` before all bindings, to run the guard, and once to take.

use std::collections::BTreeMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMatch, Pat, parse_quote};

use super::build::{Builder, refused};
use super::constructs::leave;
use super::contains::contains_await;
use super::ir::{Arm, Block, LabelId, Operation, Scrutinee};
use crate::macro_calls::{self, Call};
use crate::resolve::{
    NodeId, Taken, Use, VariableId, for_each_binding, is_guarded, mention_id, node_of, place_of,
};

/// What the arms look at, as often as they need to.
// A few of these exist for a moment; boxing each expression would make all that read them longer.
#[allow(clippy::large_enum_variant)]
enum Subject {
    Place(Expr),
    Variable(VariableId, NodeId),
}

/// A match on its way down the arms.
struct Descent {
    subject: Subject,
    destination: Option<VariableId>,
    done: LabelId,
}

impl Builder {
    /// `match`, with an await in some guard.
    pub fn match_with_awaiting_guards(
        &mut self,
        matching: ExprMatch,
        destination: Option<VariableId>,
    ) -> syn::Result<()> {
        let guarded = is_guarded(&matching.arms);
        let patterns: Vec<Pat> = matching.arms.iter().map(|arm| arm.pat.clone()).collect();
        let (scrutinee, _) =
            self.scrutinee(*matching.expr, &matching.attrs, &patterns, true, guarded)?;
        let subject = match (scrutinee, node_of(&matching.attrs)) {
            (Scrutinee::Lent { variable, .. }, Some(node)) => Subject::Variable(variable, node),
            (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }, _) => {
                if !is_repeatable(&expr) {
                    return Err(refused(
                        &expr,
                        "an `.await` in a guard of a match on a computed place",
                        "match on a variable",
                    ));
                }
                Subject::Place(expr)
            }
        };
        let done = self.new_label();
        let descent = Descent {
            subject,
            destination,
            done,
        };
        let (operations, ()) = self.nested(|builder| builder.descend(&descent, matching.arms))?;
        self.push(labelled(done, operations));
        Ok(())
    }

    /// Tries the arms; leaves by the match's label with the first one taken.
    fn descend(&mut self, descent: &Descent, mut arms: Vec<syn::Arm>) -> syn::Result<()> {
        let awaiting = arms
            .iter()
            .position(|arm| matches!(&arm.guard, Some((_, guard)) if contains_await(guard)));
        let rest = arms.split_off(awaiting.map_or(arms.len(), |index| index + 1));
        let awaiting = awaiting.and_then(|_| arms.pop());
        if !arms.is_empty() {
            self.take_one_of(descent, arms, awaiting.is_some())?;
        }
        let Some(mut arm) = awaiting else {
            return Ok(());
        };
        let Some((_, guard)) = arm.guard.take() else {
            return Ok(());
        };
        if !tries_once(&arm.pat) {
            return Err(refused(
                &arm.pat,
                "an `.await` in the guard of an arm with alternatives that overlap",
                "write an arm for each alternative",
            ));
        }
        let holds = self.new_label();
        let (operations, ()) = self.nested(|builder| {
            builder.try_guard(descent, &arm.pat, *guard, holds)?;
            builder.descend(descent, rest)
        })?;
        self.push(labelled(holds, operations));
        self.take_one_of(descent, vec![arm], false)
    }

    /// Matches the arms; goes on behind if none is taken and `falls_through`.
    fn take_one_of(
        &mut self,
        descent: &Descent,
        arms: Vec<syn::Arm>,
        falls_through: bool,
    ) -> syn::Result<()> {
        let mut lowered = Vec::new();
        let moves = arms.iter().any(|arm| crate::resolve::may_move(&arm.pat));
        for arm in arms {
            let valued = descent.destination.is_some();
            let bound = self.variables_of(&arm.pat);
            let guard = arm.guard.map(|(_, guard)| self.leaf(*guard)).transpose()?;
            let block = self.arm_body(*arm.body, valued)?;
            lowered.push(Arm {
                gives_back: !crate::resolve::may_move(&arm.pat),
                pattern: arm.pat,
                guard,
                block: Block {
                    bound,
                    operations: vec![
                        Operation::Scope {
                            block,
                            destination: descent.destination,
                        },
                        Operation::Evaluate(leave(descent.done)),
                    ],
                    diverges: true,
                    ..Block::default()
                },
            });
        }
        let refuted = if falls_through {
            Block::default()
        } else {
            Block {
                operations: vec![
                    Operation::Evaluate(parse_quote!(::core::unreachable!())),
                    Operation::Evaluate(leave(descent.done)),
                ],
                diverges: true,
                ..Block::default()
            }
        };
        lowered.push(Arm {
            pattern: parse_quote!(_),
            guard: None,
            gives_back: true,
            block: refuted,
        });
        let scrutinee = match &descent.subject {
            Subject::Place(expr) => {
                let patterns = lowered.iter().map(|arm| arm.pattern.clone()).collect();
                Scrutinee::Direct(self.matched_again(expr, patterns))
            }
            Subject::Variable(variable, node) if moves => Scrutinee::Lent {
                variable: *variable,
                expr: self.mention(*variable, Use::Unclear(*node)),
            },
            Subject::Variable(variable, _) => {
                Scrutinee::Direct(self.mention(*variable, Use::Place))
            }
        };
        self.push_match(scrutinee, lowered);
        Ok(())
    }

    /// Leaves by `holds` if the pattern matches and the guard holds.
    fn try_guard(
        &mut self,
        descent: &Descent,
        pattern: &Pat,
        guard: Expr,
        holds: LabelId,
    ) -> syn::Result<()> {
        let mut lent = BTreeMap::new();
        let mut borrowing = pattern.clone();
        let mut mutable = false;
        for name in crate::resolve::bindings(pattern) {
            let variables = self.names.variables.iter();
            if let Some(bound) = variables.into_iter().position(|known| known.name == name) {
                lent.insert(bound, self.names.temporary("lent"));
            }
        }
        // A pattern that says nothing of references is matched by reference. What it binds is a reference to what the user's
        // binding is, or that itself, if the place holds a reference.
        let explicit = is_explicit(pattern);
        let mut likes = BTreeMap::new();
        if !explicit {
            for bound in lent.keys() {
                let like =
                    self.statement_variable(parse_quote!(__state_future::untold()), "like")?;
                likes.insert(*bound, like);
            }
        }
        let names = &self.names;
        let mut by_value = BTreeMap::new();
        let mut moved = Vec::new();
        for_each_binding(&mut borrowing, &mut |binding| {
            let known = lent
                .iter()
                .find(|(bound, _)| names.variables[**bound].name == binding.ident);
            let Some((bound, reference)) = known else {
                return;
            };
            let (user, own) = (&binding.ident, &names.variables[*reference].name);
            mutable |= binding.by_ref.is_some() && binding.mutability.is_some();
            let is_moved = binding.by_ref.is_none();
            if by_value.insert(*bound, is_moved).is_none() && is_moved {
                moved.push((user.clone(), *reference, likes.get(bound).copied()));
            }
            binding.ident = own.clone();
            binding.by_ref = explicit.then(Default::default);
            binding.mutability = None;
        });
        if mutable {
            return Err(refused(
                pattern,
                "an `.await` in the guard of an arm that binds by `ref mut`",
                "await in a `let` before",
            ));
        }
        let mut guard = guard;
        Lending {
            builder: self,
            lent: &lent,
            likes: &likes,
            by_value: &by_value,
        }
        .visit_expr_mut(&mut guard);
        let place = match &descent.subject {
            Subject::Place(expr) => self.looked_at(expr.clone()),
            Subject::Variable(variable, _) => self.mention(*variable, Use::Place),
        };
        let (operations, ()) = self.nested(|builder| {
            let types: Vec<Expr> = moved
                .into_iter()
                .map(|(user, reference, like)| match like {
                    Some(like) => {
                        let like = builder.mention(like, Use::Place);
                        parse_quote!({ #like.of(&#user); })
                    }
                    None => {
                        let own = builder.mention(reference, Use::Place);
                        parse_quote!({ let _ = [&#user, #own]; })
                    }
                })
                .collect();
            if !types.is_empty() {
                builder.push(Operation::Evaluate(parse_quote!(if false {
                    __state_future::never();
                    match #place { #pattern => { #(#types)* } _ => {} }
                })));
            }
            let condition = builder.condition(guard)?;
            let leaving = leave(holds);
            builder.push(Operation::Evaluate(
                parse_quote!(if #condition { #leaving }),
            ));
            Ok(())
        })?;
        let tried = Arm {
            pattern: borrowing,
            guard: None,
            gives_back: false,
            block: Block {
                bound: lent.values().copied().collect(),
                operations,
                ..Block::default()
            },
        };
        let refuted = Arm {
            pattern: parse_quote!(_),
            guard: None,
            gives_back: false,
            block: Block::default(),
        };
        let place = match explicit {
            true => place,
            false => parse_quote!(&#place),
        };
        self.push_match(Scrutinee::Direct(place), vec![tried, refuted]);
        Ok(())
    }

    /// The place, matched against these patterns alone, which may take parts out of it.
    fn matched_again(&mut self, expr: &Expr, patterns: Vec<Pat>) -> Expr {
        let Some((mention, site)) = self.names.site(expr) else {
            return expr.clone();
        };
        let (node, last) = (site.node, self.names.mentions[mention].last);
        let place = self.looked_at(expr.clone());
        if let Some((again, _)) = place_of(&place) {
            self.names.mentions[again].last = last;
        }
        self.names.part(
            &place,
            node,
            Taken::Patterns {
                patterns,
                guarded: false,
            },
        );
        place
    }

    fn push_match(&mut self, scrutinee: Scrutinee, arms: Vec<Arm>) {
        let join = self.new_label();
        self.push(Operation::Match {
            scrutinee,
            arms,
            destination: None,
            join,
        });
    }
}

/// Turns a guard's mentions of what its pattern binds into mentions of references to that.
struct Lending<'a> {
    builder: &'a mut Builder,
    lent: &'a BTreeMap<VariableId, VariableId>,
    /// What stands for the types of the bindings.
    likes: &'a BTreeMap<VariableId, VariableId>,
    by_value: &'a BTreeMap<VariableId, bool>,
}

impl VisitMut for Lending<'_> {
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Call::Arguments(mut list) | Call::Unknown(mut list) = macro_calls::read(mac) {
            for argument in &mut list.arguments {
                self.visit_expr_mut(&mut argument.expr);
            }
            *mac = list.rebuild();
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::Path(path) = expr else { return };
        let Some(id) = path.path.get_ident().and_then(mention_id) else {
            return;
        };
        let mention = &self.builder.names.mentions[id];
        let (variable, captured_by, span) = (mention.variable, mention.captured_by, mention.span);
        let Some(reference) = self.lent.get(&variable) else {
            return;
        };
        let names = &mut self.builder.names;
        let mention = names.mention(*reference, Use::Place, captured_by, span);
        *expr = if let Some(like) = self.likes.get(&variable) {
            let like = names.mention(*like, Use::Place, captured_by, span);
            parse_quote!((*#like.seen(&#mention)))
        } else if self.by_value.get(&variable) == Some(&true) {
            parse_quote!((*#mention))
        } else {
            mention
        };
    }
}

/// Whether the pattern says what it binds by reference, or looks through references, or may be compared with one.
fn is_explicit(pattern: &Pat) -> bool {
    struct Search {
        references: bool,
        takes_apart: bool,
    }
    impl<'ast> syn::visit::Visit<'ast> for Search {
        fn visit_pat_reference(&mut self, _: &'ast syn::PatReference) {
            self.references = true;
        }
        fn visit_pat_ident(&mut self, binding: &'ast syn::PatIdent) {
            self.references |= binding.by_ref.is_some();
            syn::visit::visit_pat_ident(self, binding);
        }
        fn visit_pat_struct(&mut self, pattern: &'ast syn::PatStruct) {
            self.takes_apart = true;
            syn::visit::visit_pat_struct(self, pattern);
        }
        fn visit_pat_tuple(&mut self, pattern: &'ast syn::PatTuple) {
            self.takes_apart = true;
            syn::visit::visit_pat_tuple(self, pattern);
        }
        fn visit_pat_tuple_struct(&mut self, pattern: &'ast syn::PatTupleStruct) {
            self.takes_apart = true;
            syn::visit::visit_pat_tuple_struct(self, pattern);
        }
        fn visit_pat_slice(&mut self, pattern: &'ast syn::PatSlice) {
            self.takes_apart = true;
            syn::visit::visit_pat_slice(self, pattern);
        }
    }
    let mut search = Search {
        references: false,
        takes_apart: false,
    };
    syn::visit::Visit::visit_pat(&mut search, pattern);
    search.references || !search.takes_apart
}

fn labelled(label: LabelId, operations: Vec<Operation>) -> Operation {
    Operation::Labelled {
        label,
        block: Block {
            operations,
            ..Block::default()
        },
        destination: None,
    }
}

/// A place that is the same however often it is evaluated, with no effect.
fn is_repeatable(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_repeatable(&field.base),
        Expr::Paren(inner) => is_repeatable(&inner.expr),
        Expr::Group(inner) => is_repeatable(&inner.expr),
        _ => false,
    }
}

/// Whether at most one alternative matches, so that the guard runs once.
fn tries_once(pattern: &Pat) -> bool {
    fn has_alternatives(pattern: &Pat) -> bool {
        struct Search(bool);
        impl<'ast> syn::visit::Visit<'ast> for Search {
            fn visit_pat_or(&mut self, _: &'ast syn::PatOr) {
                self.0 = true;
            }
        }
        let mut search = Search(false);
        syn::visit::Visit::visit_pat(&mut search, pattern);
        search.0
    }
    let Pat::Or(alternatives) = pattern else {
        return !has_alternatives(pattern);
    };
    let mut heads = Vec::new();
    for case in &alternatives.cases {
        match head(case) {
            Some(head) if !heads.contains(&head) && !has_alternatives(case) => heads.push(head),
            _ => return false,
        }
    }
    true
}

/// What tells an alternative from others: a literal, or a variant's name. A path in capitals may be a constant.
fn head(case: &Pat) -> Option<String> {
    let variant = |path: &syn::Path| path.segments.last().map(|last| last.ident.to_string());
    let is_constant = |name: &String| !name.contains(char::is_lowercase);
    match case {
        Pat::Lit(literal) => Some(quote::ToTokens::to_token_stream(literal).to_string()),
        Pat::TupleStruct(tuple) => variant(&tuple.path),
        Pat::Struct(literal) => variant(&literal.path),
        Pat::Path(path) => variant(&path.path).filter(|name| !is_constant(name)),
        Pat::Ident(name) if name.subpat.is_none() && name.ident == "None" => Some("None".into()),
        Pat::Paren(inner) => head(&inner.pat),
        _ => None,
    }
}
