//! Whether a function without `self` is nevertheless one of a type's: it says `Self`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemFn, Macro};

/// Whether `Self` stands in the function with a meaning that comes from outside of it.
pub(super) fn is_mentioned(function: &ItemFn) -> bool {
    let mut search = Search { found: false };
    search.visit_signature(&function.sig);
    search.visit_block(&function.block);
    search.found
}

struct Search {
    found: bool,
}

impl<'ast> Visit<'ast> for Search {
    fn visit_ident(&mut self, identifier: &'ast Ident) {
        self.found |= identifier == "Self";
    }

    /// Items in the body have their own `Self` or none.
    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Macro(item) = item {
            self.visit_macro(&item.mac);
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        visit::visit_macro(self, call);
        self.found |= stands_free(call.tokens.clone());
    }
}

/// Whether `Self` stands in a macro's tokens, none of which begins an item that has its own.
fn stands_free(tokens: TokenStream) -> bool {
    let mut found = false;
    for tree in tokens {
        match tree {
            TokenTree::Ident(word)
                if word == "impl" || word == "trait" || word == "struct" || word == "enum" =>
            {
                return false;
            }
            TokenTree::Ident(word) => found |= word == "Self",
            TokenTree::Group(group) => found |= stands_free(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}
