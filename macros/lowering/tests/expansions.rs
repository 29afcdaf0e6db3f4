//! The generated code is a product: each function in `expansions/` expands to exactly what lies beside it.
//!
//! `EXPANSIONS=overwrite cargo test -p state-future-lowering --test expansions` writes the expansions anew.

use std::fs;
use std::path::Path;

use quote::ToTokens;

/// The machine function alone: the twin and the probe are copies of the body.
fn expanded(source: &str) -> String {
    let options = proc_macro2::TokenStream::new();
    let item: proc_macro2::TokenStream = source.parse().expect("the input is Rust");
    let mut file: syn::File =
        syn::parse2(state_future_lowering::expand(options, item)).expect("the output is Rust");
    let mut machine = None;
    for item in &mut file.items {
        if let syn::Item::Fn(function) = item {
            for statement in &function.block.stmts {
                if let syn::Stmt::Item(syn::Item::Fn(inner)) = statement {
                    if inner.sig.ident == "machine" {
                        machine = Some(inner.to_token_stream());
                    }
                }
            }
        }
    }
    let machine = machine.expect("the function has a machine");
    prettyplease::unparse(&syn::parse2(machine).expect("the machine is a function"))
}

#[test]
fn expansions_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansions");
    let mut compared = 0;
    let mut different = Vec::new();
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_string();
        if !name.ends_with(".input.rs") {
            continue;
        }
        let output = expanded(&fs::read_to_string(&path).expect("the input can be read"));
        let expected = folder.join(name.replace(".input.rs", ".expanded.rs"));
        if std::env::var_os("EXPANSIONS").is_some_and(|value| value == "overwrite") {
            fs::write(&expected, &output).expect("the expansion can be written");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != output {
            different.push(name);
        }
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} expansions were compared");
    assert!(
        different.is_empty(),
        "these expand to something else than before: {different:?}"
    );
}
