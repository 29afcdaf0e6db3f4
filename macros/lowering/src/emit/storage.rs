//! The `Held`s that stand for variables while the machine runs.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::machine::{Content, Machine};
use crate::ownership::{Boundary, Part, Status, Storage, TAILS_END};
use crate::resolve::{NodeId, VariableId};

pub fn variable_name(machine: &Machine, variable: VariableId) -> Ident {
    machine.ownership.flow.names.variables[variable]
        .name
        .clone()
}

/// What the user calls it.
pub fn shown_name(machine: &Machine, variable: VariableId) -> &str {
    let names = &machine.ownership.flow.names;
    match names.receiver == Some(variable) {
        true => "self",
        false => &names.variables[variable].written,
    }
}

fn on_stack(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_on_stack", plain(machine, variable))
}

fn flag(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_is_live", plain(machine, variable))
}

/// Where a variable is noted of which parts may be gone, between the poll function's pieces.
fn moved(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_moved", plain(machine, variable))
}

/// The type of what drops the parts that are left of the variable.
pub fn remainder(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_remainder", plain(machine, variable))
}

/// Whether parts of the variable may be moved out of it.
pub fn is_parted(machine: &Machine, variable: VariableId) -> bool {
    machine.ownership.parts.of.contains_key(&variable)
}

/// The nodes whose answers say that a machine must note which parts of the variable are gone: it depends on the path.
pub fn noted(machine: &Machine, variable: VariableId) -> Vec<NodeId> {
    let suspended = machine.ownership.frames.iter();
    let suspended = suspended.filter(|(boundary, _)| matches!(boundary, Boundary::Await(_)));
    let unknown = suspended.flat_map(|(_, frame)| frame.gone.of(variable));
    let mut nodes: Vec<NodeId> = unknown
        .filter(|(_, status)| *status == Status::Unknown)
        .map(|(part, _)| part.node)
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// What stands for a variable: `held`, and which parts are gone.
pub fn stand_in(
    machine: &Machine,
    variable: VariableId,
    held: TokenStream,
    moved: TokenStream,
) -> TokenStream {
    if !is_parted(machine, variable) {
        return held;
    }
    let remainder = remainder(machine, variable);
    quote!(__state_future::Parted::new(#remainder, #held, #moved))
}

/// What stands for a variable that has all its parts.
pub fn whole(machine: &Machine, variable: VariableId, held: TokenStream) -> TokenStream {
    stand_in(machine, variable, held, quote!(0))
}

/// The variable's field.
pub fn slot(machine: &Machine, variable: VariableId) -> TokenStream {
    slot_of(machine, variable, quote!(__slots))
}

/// The variable's field in the machine `of`.
pub fn slot_of(machine: &Machine, variable: VariableId, of: TokenStream) -> TokenStream {
    let name = variable_name(machine, variable);
    quote!(#of.#name)
}

/// The field that holds something else of the variable.
pub fn noted_slot(
    machine: &Machine,
    variable: VariableId,
    content: Content,
    of: TokenStream,
) -> TokenStream {
    let mut slots = machine.slots.iter();
    let slot = slots.find(|slot| (slot.variable, slot.content) == (variable, content));
    let name = slot.map(|slot| &slot.name);
    quote!(#of.#name)
}

fn plain(machine: &Machine, variable: VariableId) -> String {
    variable_name(machine, variable)
        .to_string()
        .trim_start_matches("r#")
        .to_string()
}

/// What the poll function declares before its loop.
pub fn declarations(machine: &Machine) -> TokenStream {
    let mut declarations = TokenStream::new();
    for node in &machine.kinds {
        let (field, site) = (super::types::kind_field(*node), site_name(*node));
        declarations.extend(quote!(__state_future::answered(__slots.#field, #site);));
    }
    for (variable, storage) in machine.ownership.storage.iter().enumerate() {
        let name = on_stack(machine, variable);
        if matches!(storage, Storage::Stack { .. } | Storage::Kept { .. }) {
            declarations.extend(quote!(let mut #name = ::core::mem::MaybeUninit::uninit();));
        }
        if matches!(
            storage,
            Storage::Stack { flagged: true }
                | Storage::Kept { flagged: true }
                | Storage::Saved { flagged: true }
        ) {
            let flag = flag(machine, variable);
            declarations.extend(quote!(let mut #flag = false;));
        }
    }
    for variable in machine.ownership.parts.of.keys().copied() {
        let (moved, name) = (moved(machine, variable), remainder(machine, variable));
        let of = if machine.ownership.storage[variable].is_saved() {
            quote!(__slots.#name)
        } else {
            quote!(::core::marker::PhantomData)
        };
        declarations.extend(quote!(let #name = #of; let mut #moved = 0;));
    }
    declarations
}

/// Where the variable lives.
pub fn at(machine: &Machine, variable: VariableId) -> TokenStream {
    let slot = slot(machine, variable);
    let stack = on_stack(machine, variable);
    match machine.ownership.storage[variable] {
        Storage::Saved { .. } | Storage::Local => slot,
        Storage::Stack { .. } => quote!(#stack.as_mut_ptr()),
        Storage::Kept { .. } => {
            let nodes = machine.ownership.keepers[&variable].iter().rev();
            let mut sites = nodes.map(|node| site_name(*node));
            let last = sites.next().map(ToTokens::into_token_stream);
            let sites = sites.fold(last, |others, site| {
                Some(quote!(__state_future::both(#site, #others)))
            });
            quote!(__state_future::kept(#sites, #slot, &mut #stack))
        }
    }
}

/// The `Held` of a variable at the beginning of a piece of the poll function.
pub fn resume(
    machine: &Machine,
    variable: VariableId,
    status: Status,
    boundary: Boundary,
) -> TokenStream {
    let name = variable_name(machine, variable);
    let at = at(machine, variable);
    let flag = flag(machine, variable);
    let storage = machine.ownership.storage[variable];
    let suspended = matches!(boundary, Boundary::Await(_) | Boundary::Start);
    let held = match (storage, status) {
        (_, Status::Vacant) => quote!(__state_future::Held::empty(#at)),
        (Storage::Saved { .. } | Storage::Kept { .. }, Status::Unknown) if suspended => {
            let is_live = is_live(machine, variable, boundary, leaves);
            quote!(__state_future::Held::resume_if(#at, #is_live))
        }
        (storage, Status::Unknown) if storage.is_flagged() => {
            quote!(__state_future::Held::resume_if(#at, #flag))
        }
        (_, Status::Asked(node)) => {
            let leaves = leaves(node);
            quote!(__state_future::Held::resume_if(#at, #leaves))
        }
        _ => quote!(__state_future::Held::resume(#at)),
    };
    let gone = gone(machine, variable, boundary);
    let held = stand_in(machine, variable, held, gone);
    quote!(let mut #name = #held;)
}

/// Which parts of the variable are gone at the beginning of a piece of the poll function.
fn gone(machine: &Machine, variable: VariableId, boundary: Boundary) -> TokenStream {
    let parts: Vec<_> = machine.ownership.frames[&boundary]
        .gone
        .of(variable)
        .collect();
    let is_unknown = |part: &(Part, Status)| part.1 == Status::Unknown;
    if parts.iter().any(is_unknown) && !matches!(boundary, Boundary::Await(_)) {
        let moved = moved(machine, variable);
        return quote!(#moved);
    }
    let bits = parts.iter().filter(|part| !is_unknown(part));
    let bits = bits.map(|(part, _)| {
        let bit = machine.ownership.parts.bit(variable, part);
        let site = format_ident!("__site_{}", part.node);
        quote!(__state_future::moved_by(__state_future::kind_of(#site), #bit))
    });
    // The machine has no note where none of the others moves.
    let noted = parts.iter().any(is_unknown).then(|| {
        let moved = noted_slot(machine, variable, Content::Moved, quote!(__slots));
        quote!(| __state_future::moved_parts(#moved))
    });
    quote!(0 #(| #bits)* #noted)
}

/// Notes which parts of the variable are gone, where that depends on the path taken.
fn note(machine: &Machine, variable: VariableId, boundary: Boundary) -> TokenStream {
    let name = variable_name(machine, variable);
    let mut gone = machine.ownership.frames[&boundary].gone.of(variable);
    if gone.all(|(_, status)| status != Status::Unknown) {
        return TokenStream::new();
    }
    if matches!(boundary, Boundary::Await(_)) {
        let moved = noted_slot(machine, variable, Content::Moved, quote!(__slots));
        quote!(__state_future::note_moved_parts(#moved, #name.moved());)
    } else {
        let moved = moved(machine, variable);
        quote!(#moved = #name.moved();)
    }
}

/// The answer to a node's question, in the poll function.
fn site_name(node: NodeId) -> Ident {
    match node {
        TAILS_END => format_ident!("__tails_end"),
        node => format_ident!("__site_{}", node),
    }
}

/// Whether the expression leaves the variable its value, in the poll function.
fn leaves(node: NodeId) -> TokenStream {
    let site = site_name(node);
    quote!(__state_future::leaves(#site))
}

/// Whether a variable has a value in a suspended machine, where that depends on the path taken.
pub fn is_live(
    machine: &Machine,
    variable: VariableId,
    boundary: Boundary,
    leaves: impl Fn(NodeId) -> TokenStream,
) -> TokenStream {
    let is_live = noted_slot(machine, variable, Content::IsLive, quote!(__slots));
    if is_plain(machine, variable) {
        return quote!(*#is_live);
    }
    let otherwise = undecided(machine, variable, boundary, leaves);
    quote!(__state_future::is_live(#is_live, #otherwise))
}

/// Whether it has one if there is nothing to note.
fn undecided(
    machine: &Machine,
    variable: VariableId,
    boundary: Boundary,
    leaves: impl Fn(NodeId) -> TokenStream,
) -> TokenStream {
    let ways = &machine.ownership.frames[&boundary].ways[&variable];
    match ways.asked.first() {
        Some(node) if !ways.vacant && !ways.live => leaves(*node),
        _ if ways.vacant => quote!(false),
        _ => quote!(true),
    }
}

/// Whether the variable of a machine that is being restored may have a value, where that depends on the path taken.
pub fn may_be_live(
    machine: &Machine,
    variable: VariableId,
    boundary: Boundary,
    leaves: impl Fn(NodeId) -> TokenStream,
) -> TokenStream {
    if is_plain(machine, variable) {
        return quote!(true);
    }
    let depends = depends(machine, variable, quote!(__to));
    let otherwise = undecided(machine, variable, boundary, leaves);
    quote!(#depends || #otherwise)
}

/// Whether the machine `of` notes if the variable has a value.
pub fn depends(machine: &Machine, variable: VariableId, of: TokenStream) -> TokenStream {
    if is_plain(machine, variable) {
        return quote!(true);
    }
    let is_live = noted_slot(machine, variable, Content::IsLive, of);
    quote!(__state_future::depends(#is_live))
}

/// Notes in the machine `of` whether a variable has a value.
pub fn note_live(
    machine: &Machine,
    variable: VariableId,
    of: TokenStream,
    value: TokenStream,
) -> TokenStream {
    let is_live = noted_slot(machine, variable, Content::IsLive, of);
    match is_plain(machine, variable) {
        true => quote!(*#is_live = #value;),
        false => quote!(__state_future::note_live(#is_live, #value);),
    }
}

/// Whether the machine notes in any case if the variable has a value.
fn is_plain(machine: &Machine, variable: VariableId) -> bool {
    let mut slots = machine.slots.iter();
    let slot = slots.find(|slot| (slot.variable, slot.content) == (variable, Content::IsLive));
    slot.is_some_and(|slot| slot.noted.is_empty())
}

/// Leaves a variable in its place, on the way to a boundary.
pub fn keep(
    machine: &Machine,
    variable: VariableId,
    status: Status,
    boundary: Boundary,
) -> TokenStream {
    let name = variable_name(machine, variable);
    let flag = flag(machine, variable);
    let note = note(machine, variable, boundary);
    let kept = match (machine.ownership.storage[variable], status) {
        (_, Status::Vacant) => TokenStream::new(),
        (Storage::Saved { .. } | Storage::Kept { .. }, Status::Unknown)
            if matches!(boundary, Boundary::Await(_) | Boundary::Start) =>
        {
            let value = quote!(#name.keep_if_live());
            note_live(machine, variable, quote!(__slots), value)
        }
        (_, Status::Unknown) => quote!(#flag = #name.keep_if_live();),
        _ => quote!(#name.keep();),
    };
    quote!(#note #kept)
}
