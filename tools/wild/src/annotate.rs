//! Puts the attribute into a source file, as text, so that everything else in it stays as it is, line numbers included.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItem, ImplItemFn, ItemFn, ItemImpl, ItemTrait, Macro, Signature};
use syn::{TraitItem, TraitItemFn};

const ATTRIBUTE: &str = "#[::state_future::state_future] ";

/// An `async fn` with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    /// Its lines in the file, from the first of its attributes on.
    pub lines: (usize, usize),
    /// The first line of the `impl` or `trait` block that is annotated in its stead.
    pub block: Option<usize>,
    /// Whether it has been annotated.
    pub annotated: bool,
}

/// A file with attributes, and what stands in it.
pub struct Annotated {
    pub text: String,
    pub functions: Vec<Function>,
    /// How many `async fn`s stand in the tokens of macros, where they are left alone.
    pub in_macros: usize,
}

/// Annotates every `async fn` of a file but those that begin on a line of `left_out`. A block of a trait is annotated as
/// a whole or not at all, an inherent one function by function if it or some of it is left out.
///
/// # Errors
/// If the file is no Rust source that `syn` knows.
pub fn annotate(text: &str, left_out: &BTreeSet<usize>) -> syn::Result<Annotated> {
    let file = syn::parse_file(text)?;
    let mut places = Places {
        // The parser leaves these out, and counts from behind them.
        skipped: file.shebang.as_ref().map_or(0, String::len)
            + usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8(),
        left_out,
        offsets: BTreeSet::new(),
        functions: Vec::new(),
        in_macros: 0,
    };
    places.visit_file(&file);
    let mut annotated = text.to_string();
    for offset in places.offsets.iter().rev() {
        annotated.insert_str(*offset, ATTRIBUTE);
    }
    Ok(Annotated {
        text: annotated,
        functions: places.functions,
        in_macros: places.in_macros,
    })
}

struct Places<'a> {
    skipped: usize,
    left_out: &'a BTreeSet<usize>,
    offsets: BTreeSet<usize>,
    functions: Vec<Function>,
    in_macros: usize,
}

/// A function of a block: where it begins, and where it stands.
struct Member {
    offset: usize,
    function: Function,
}

impl Places<'_> {
    fn offset(&self, item: Span) -> usize {
        self.skipped + item.byte_range().start
    }

    fn member(&self, item: Span, signature: &Signature, block: &Block) -> Option<Member> {
        signature.asyncness?;
        let first = item.start().line;
        Some(Member {
            offset: self.offset(item),
            function: Function {
                name: signature.ident.to_string(),
                lines: (first, block.span().end().line),
                block: None,
                annotated: !self.left_out.contains(&first),
            },
        })
    }

    fn block(&mut self, block: Span, mut members: Vec<Member>, of_trait: bool) {
        let line = block.start().line;
        let annotated = |member: &Member| member.function.annotated;
        let complete = members.iter().all(annotated) && !self.left_out.contains(&line);
        if complete && !members.is_empty() {
            self.offsets.insert(self.offset(block));
        }
        for Member { offset, function } in &mut members {
            if complete {
                function.block = Some(line);
            } else if of_trait {
                function.annotated = false;
            } else if function.annotated {
                self.offsets.insert(*offset);
            }
        }
        self.functions
            .extend(members.into_iter().map(|member| member.function));
    }
}

impl<'ast> Visit<'ast> for Places<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if let Some(member) = self.member(item.span(), &item.sig, &item.block) {
            if member.function.annotated {
                self.offsets.insert(member.offset);
            }
            self.functions.push(member.function);
        }
        visit::visit_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let members = block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(item @ ImplItemFn { sig, block, .. }) => {
                self.member(item.span(), sig, block)
            }
            _ => None,
        });
        let members = members.collect();
        self.block(block.span(), members, block.trait_.is_some());
        visit::visit_item_impl(self, block);
    }

    fn visit_item_trait(&mut self, block: &'ast ItemTrait) {
        let members = block.items.iter().filter_map(|item| match item {
            TraitItem::Fn(item @ TraitItemFn { sig, default, .. }) => {
                self.member(item.span(), sig, default.as_ref()?)
            }
            _ => None,
        });
        let members = members.collect();
        self.block(block.span(), members, true);
        visit::visit_item_trait(self, block);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.in_macros += async_functions(call.tokens.clone());
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// How often `async fn` stands in `tokens`.
fn async_functions(tokens: TokenStream) -> usize {
    let mut count = 0;
    let mut after_async = false;
    for tree in tokens {
        let is_async = matches!(&tree, TokenTree::Ident(word) if word == "async");
        match tree {
            TokenTree::Ident(word) => count += usize::from(after_async && word == "fn"),
            TokenTree::Group(group) => count += async_functions(group.stream()),
            _ => {}
        }
        after_async = is_async;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTE, annotate};

    fn lines(text: &str, left_out: &[usize]) -> Vec<String> {
        let annotated = annotate(text, &left_out.iter().copied().collect()).unwrap();
        let lines = annotated.text.lines();
        lines
            .map(|line| line.replace(ATTRIBUTE.trim_end(), "@"))
            .collect()
    }

    #[test]
    fn stands_above_other_attributes() {
        let text = "#[tokio::test]\nasync fn é() {}\nfn plain() {}\n";
        assert_eq!(
            lines(text, &[]),
            ["@ #[tokio::test]", "async fn é() {}", "fn plain() {}"]
        );
    }

    #[test]
    fn goes_on_the_block_unless_something_is_left_out() {
        let text = "impl A {\nasync fn a() {}\nasync fn b() {}\n}\nimpl T for A {\nasync fn c() {}\nasync fn d() {}\n}\n";
        assert_eq!(lines(text, &[])[0], "@ impl A {");
        assert_eq!(lines(text, &[])[4], "@ impl T for A {");
        let some = lines(text, &[2, 6]);
        assert_eq!(
            some[..4],
            ["impl A {", "async fn a() {}", "@ async fn b() {}", "}"]
        );
        assert_eq!(some[4..7], text.lines().collect::<Vec<_>>()[4..7]);
        assert_eq!(lines(text, &[1])[..2], ["impl A {", "@ async fn a() {}"]);
    }

    #[test]
    fn leaves_macros_and_declarations_alone() {
        let text = "trait T { async fn a(); }\nmacro_rules! m { () => { async fn b() {} } }\n";
        let annotated = annotate(text, &Default::default()).unwrap();
        assert_eq!(annotated.text, text);
        assert_eq!((annotated.functions.len(), annotated.in_macros), (0, 1));
    }

    #[test]
    fn counts_from_the_beginning_of_the_file() {
        let text = "\u{feff}#!/usr/bin/env x\nasync fn a() { async fn b() {} }\n";
        let annotated = annotate(text, &Default::default()).unwrap();
        assert_eq!(
            annotated.text,
            "\u{feff}#!/usr/bin/env x\n@async fn a() { @async fn b() {} }\n"
                .replace('@', ATTRIBUTE)
        );
        assert_eq!(annotated.functions[0].lines, (2, 2));
    }
}
