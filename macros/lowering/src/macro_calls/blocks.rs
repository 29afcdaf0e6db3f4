//! Macros that are an `async move` block: `async_stream::stream! { yield next.await; }`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::visit_mut::VisitMut;
use syn::{Block, Macro};

use super::contains_await_tokens;

/// An invocation of a macro whose tokens are the statements of an `async move` block, to be edited and built back.
pub struct OwnBlock {
    /// The statements. Their awaits, and what `yield`, `return` and `?` leave, are the block's own.
    pub block: Block,
    /// The invocation without its tokens.
    template: Macro,
}

impl OwnBlock {
    /// The invocation with its statements as they are now.
    pub fn rebuild(mut self) -> Macro {
        super::kept::group().visit_block_mut(&mut self.block);
        let statements = &self.block.stmts;
        let mut tokens = TokenStream::new();
        statements
            .iter()
            .for_each(|statement| statement.to_tokens(&mut tokens));
        Macro {
            tokens,
            ..self.template.clone()
        }
    }
}

/// Whether the tokens await or yield, which they could not but in a block of their own.
pub(super) fn gives(mac: &Macro) -> bool {
    fn yields(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(word) => word == "yield",
            TokenTree::Group(group) => yields(group.stream()),
            _ => false,
        })
    }
    yields(mac.tokens.clone()) || contains_await_tokens(mac.tokens.clone())
}

/// Reads the statements, unless there is syntax among them that is the macro's own (`for await`).
pub(super) fn read(mac: &Macro) -> Option<OwnBlock> {
    let stmts = Block::parse_within.parse2(mac.tokens.clone()).ok()?;
    Some(OwnBlock {
        block: Block {
            brace_token: Default::default(),
            stmts,
        },
        template: Macro {
            tokens: TokenStream::new(),
            ..mac.clone()
        },
    })
}
