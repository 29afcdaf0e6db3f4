//! Items within the body.
//!
//! A block that awaits is emitted in pieces, and all of them must name the same items. Those of the body's own block stand
//! before all pieces. In an inner block, an item that is the same wherever it is repeated (an import, a constant, an
//! alias, a macro) is repeated in each piece; any other stands before all pieces, too, where it must not mean something else.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Stmt, UseTree};

use super::build::{Builder, refused};

impl Builder {
    /// Takes the items out of a block, and gives those that its pieces repeat.
    pub fn block_items(&mut self, block: &mut syn::Block) -> syn::Result<Vec<Item>> {
        let is_body = !std::mem::replace(&mut self.is_within_body, true);
        let mut items = Vec::new();
        for (index, statement) in block.stmts.iter().enumerate() {
            if let Stmt::Item(item) = statement {
                is_defined_first(item, &block.stmts[..index])?;
                items.push(item.clone());
            }
        }
        if items.is_empty() {
            return Ok(items);
        }
        if !is_body {
            if items.iter().all(is_repeatable) {
                block.stmts.retain(|statement| !is_item(statement));
                return Ok(items);
            }
            for item in &items {
                self.means_one_thing(item, block)?;
            }
        }
        block.stmts.retain(|statement| !is_item(statement));
        self.items.append(&mut items);
        Ok(items)
    }

    /// The item's names are not mentioned outside of its block.
    fn means_one_thing(&self, item: &Item, block: &syn::Block) -> syn::Result<()> {
        for name in introduced(item) {
            let Some(name) = name else {
                return Err(refused(
                    item,
                    "an import of everything in an inner block with other items",
                    "move the block's items to the beginning of the function",
                ));
            };
            if mentions(self.body.to_token_stream(), &name)
                != mentions(block.to_token_stream(), &name)
            {
                return Err(refused(
                    &name,
                    "an item of an inner block whose name is used outside of the block, too",
                    "give the item another name",
                ));
            }
        }
        Ok(())
    }
}

fn is_item(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Item(_))
}

/// Repeating the item makes no difference.
fn is_repeatable(item: &Item) -> bool {
    match item {
        Item::Use(_) | Item::Const(_) | Item::Type(_) => true,
        Item::Macro(mac) => mac.ident.is_some(),
        _ => false,
    }
}

/// A macro is not used before its definition, where its name would be another macro's.
fn is_defined_first(item: &Item, before: &[Stmt]) -> syn::Result<()> {
    let Item::Macro(mac) = item else {
        return Ok(());
    };
    match &mac.ident {
        Some(name)
            if before
                .iter()
                .any(|one| mentions(one.to_token_stream(), name) > 0) =>
        {
            Err(refused(
                name,
                "a macro that is defined in the body and whose name is used before",
                "define the macro at the beginning of its block",
            ))
        }
        _ => Ok(()),
    }
}

/// The names that an item introduces; `None` for those of a glob.
fn introduced(item: &Item) -> Vec<Option<Ident>> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => match &item.ident {
            Some(name) => name,
            None => return declared(item.mac.tokens.clone()),
        },
        Item::Use(item) => {
            let mut names = Vec::new();
            imported(&item.tree, None, &mut names);
            return names;
        }
        _ => return Vec::new(),
    };
    vec![Some(name.clone())]
}

fn imported(tree: &UseTree, within: Option<&Ident>, names: &mut Vec<Option<Ident>>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, Some(&path.ident), names),
        UseTree::Name(name) if name.ident == "self" => names.extend(within.cloned().map(Some)),
        UseTree::Name(name) => names.push(Some(name.ident.clone())),
        UseTree::Rename(rename) if rename.rename == "_" => {}
        UseTree::Rename(rename) => names.push(Some(rename.rename.clone())),
        UseTree::Glob(_) => names.push(None),
        UseTree::Group(group) => {
            for tree in &group.items {
                imported(tree, within, names);
            }
        }
    }
}

/// What `thread_local!`, `pin_project!` and their like declare.
fn declared(tokens: TokenStream) -> Vec<Option<Ident>> {
    let mut names = Vec::new();
    let mut follows = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "static" || word == "struct" || word == "enum" => {
                follows = true;
            }
            TokenTree::Ident(word) if follows && word != "ref" && word != "mut" => {
                names.push(Some(word));
                follows = false;
            }
            _ => {}
        }
    }
    names
}

/// How often the tokens mention the name, but for methods and fields.
fn mentions(tokens: TokenStream, name: &Ident) -> usize {
    let mut found = 0;
    let mut dots = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_member = dots == 1;
        dots = match &token {
            TokenTree::Punct(dot) if dot.as_char() == '.' => dots + 1,
            _ => 0,
        };
        match token {
            TokenTree::Ident(ident) if ident == *name && !is_member => {
                // `field: value` names a field, `module::item` a module.
                let is_field = matches!(tokens.peek(), Some(TokenTree::Punct(colon))
                    if colon.as_char() == ':' && colon.spacing() == Spacing::Alone);
                found += usize::from(!is_field);
            }
            TokenTree::Group(group) => found += mentions(group.stream(), name),
            _ => {}
        }
    }
    found
}
