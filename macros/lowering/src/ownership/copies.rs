//! Variables that are borrowed from where their value is used for the last time.
//!
//! Such a value is moved, and nobody looks at the borrow any more; or it is copied, and the variable has to stay where it is
//! for as long as something may look at it through the borrow. Of which kind its type is, only the compiler knows.
//!
//! Told by syntax alone, so in doubt a variable is among them: that costs a question.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Expr, Pat};

use super::borrows::{borrows_parts, may_lend};
use super::copied::copied;
use super::walk::Walked;
use super::{Boundary, Status};
use crate::flow::{Block, Flow, Operation};
use crate::resolve::{MentionId, Names, Use, VariableId, mention_id};

/// Notes the variables, and says whether there are any.
pub fn note_copies(flow: &mut Flow, walked: &Walked) -> bool {
    let passed = passed(flow);
    if passed.is_empty() {
        return false;
    }
    let mut search = Search {
        names: &flow.names,
        groups: Vec::new(),
    };
    search.block(&flow.root, None);
    let groups = search.groups;
    let borrowed = passed
        .into_iter()
        .filter(|(variable, _)| is_borrowed(*variable, &groups, walked));
    let borrowed: Vec<_> = borrowed.collect();
    let copied = copied(flow);
    for (variable, mentions) in &borrowed {
        if copied.contains(variable) {
            for mention in mentions {
                flow.names.mentions[*mention].last = false;
            }
        } else {
            let (node, _) = flow.names.node();
            flow.names.copies.insert(*variable, node);
        }
    }
    !borrowed.is_empty()
}

/// The user's variables whose value is used as a whole, with their last mentions.
fn passed(flow: &Flow) -> BTreeMap<VariableId, Vec<MentionId>> {
    let names = &flow.names;
    let mut passed: BTreeMap<VariableId, Vec<MentionId>> = BTreeMap::new();
    for (id, mention) in names.mentions.iter().enumerate() {
        let is_passed = mention.usage == Use::Value || mention.captured_by.is_some();
        if mention.last && is_passed && !names.variables[mention.variable].temporary {
            passed.entry(mention.variable).or_default().push(id);
        }
    }
    passed
}

/// Whether the variable has no value, or may be given another, while something exists that may borrow from it.
fn is_borrowed(variable: VariableId, groups: &[Group], walked: &Walked) -> bool {
    let mut borrowers = BTreeSet::new();
    loop {
        let before = borrowers.len();
        for group in groups {
            let is_borrower = |other: &VariableId| borrowers.contains(other);
            if group.borrowed.contains(&variable) || group.variables.iter().any(is_borrower) {
                borrowers.extend(&group.variables);
            }
        }
        borrowers.remove(&variable);
        if borrowers.len() == before {
            break;
        }
    }
    let suspended = |boundary: &Boundary| matches!(boundary, Boundary::Await(_) | Boundary::Start);
    let mut frames = walked
        .frames
        .iter()
        .filter(|(boundary, _)| suspended(boundary));
    // Its place in the machine may go to another variable at once.
    let is_saved = frames
        .clone()
        .any(|(_, frame)| frame.status(variable) != Status::Vacant);
    frames.any(|(boundary, frame)| {
        let gone = frame.ways.get(&variable).is_some_and(|ways| ways.vacant);
        let is_there = |borrower: &VariableId| match boundary {
            Boundary::Await(future) if future == borrower => true,
            _ => frame.status(*borrower) != Status::Vacant,
        };
        gone && !borrowers.is_empty() && (is_saved || borrowers.iter().any(is_there))
    })
}

/// Variables of which each may hold, once the operation is over, what another one holds, or a borrow of it.
struct Group {
    variables: BTreeSet<VariableId>,
    borrowed: BTreeSet<VariableId>,
}

struct Search<'a> {
    names: &'a Names,
    groups: Vec<Group>,
}

impl Search<'_> {
    fn group(&mut self, given: &[VariableId], pattern: Option<&Pat>, expr: &Expr) {
        let lends = may_lend(self.names, expr) || pattern.is_some_and(borrows_parts);
        let mut group = Group {
            variables: given.iter().copied().collect(),
            borrowed: BTreeSet::new(),
        };
        crate::emit::for_each_ident(expr.to_token_stream(), &mut |ident| {
            let Some(id) = mention_id(ident) else { return };
            let mention = &self.names.mentions[id];
            group.variables.insert(mention.variable);
            if lends && mention.usage != Use::Value {
                group.borrowed.insert(mention.variable);
            }
        });
        if group.variables.len() > 1 {
            self.groups.push(group);
        }
    }

    fn block(&mut self, block: &Block, destination: Option<VariableId>) {
        for operation in &block.operations {
            let given = match operation {
                Operation::Let { variables, .. } => variables.clone(),
                Operation::Await(suspension) => vec![suspension.future, suspension.output],
                Operation::Match { arms, .. } => arms
                    .iter()
                    .flat_map(|arm| arm.block.bound.iter().copied())
                    .collect(),
                _ => Vec::new(),
            };
            let patterns: Vec<&Pat> = match operation {
                Operation::Let { pattern, .. } => vec![pattern],
                Operation::Match { arms, .. } => arms.iter().map(|arm| &arm.pattern).collect(),
                _ => Vec::new(),
            };
            let lending = patterns.into_iter().find(|pattern| borrows_parts(pattern));
            for expr in operation.expressions() {
                self.group(&given, lending, expr);
            }
            for inner in operation.blocks() {
                self.block(inner, operation.destination());
            }
        }
        if let Some(tail) = &block.tail {
            self.group(destination.as_slice(), None, tail);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::input::Annotated;

    /// The variables of the function that a node is to tell of.
    fn asked(function: &str) -> Vec<String> {
        let tokens = function.parse().expect("tokens");
        let Ok(Annotated::Free(function)) = crate::input::parse(tokens) else {
            panic!("a function");
        };
        let resolved = crate::resolve::resolve(&function).expect("a good body");
        let flow = crate::flow::flow(resolved, &function.output).expect("a good body");
        let names = crate::ownership::own(flow).flow.names;
        let copies = names.copies.keys();
        copies
            .map(|variable| names.variables[*variable].written.clone())
            .collect()
    }

    #[test]
    fn what_is_borrowed_by_the_awaited_future_is_asked_about() {
        let asked = asked("async fn f() { let id = new(); send(&id, id).await; }");
        assert_eq!(asked, ["id"]);
    }

    #[test]
    fn nothing_is_asked_where_no_borrow_is_left() {
        assert!(asked("async fn f() { let id = new(); send(id.len(), id).await; }").is_empty());
        assert!(asked("async fn f() { let id = new(); send(&id).await; drop(id); }").is_empty());
    }

    #[test]
    fn a_borrow_that_is_passed_on_counts() {
        let body = "let id = new(); let view = id.view(); list.push(view); drop(id);";
        let asked = asked(&format!(
            "async fn f(mut list: Vec<View>) {{ {body} wait().await; show(list); }}"
        ));
        assert_eq!(asked, ["id"]);
    }

    #[test]
    fn what_is_copied_for_certain_needs_no_question() {
        assert!(asked("async fn f(id: u32) { send(&id, id).await; }").is_empty());
    }
}
