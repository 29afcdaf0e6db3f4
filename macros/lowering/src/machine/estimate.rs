//! How much room a variable probably takes: good enough to choose an order of fields by, and nothing else rests on it.

use syn::{Expr, GenericArgument, Lit, PathArguments, Type};

/// Size and alignment.
#[derive(Clone, Copy)]
pub struct Room {
    pub size: usize,
    pub align: usize,
}

impl Room {
    pub const UNKNOWN: Room = Room::of(24, 8);
    pub const FUTURE: Room = Room::of(32, 8);

    const fn of(size: usize, align: usize) -> Room {
        Room { size, align }
    }

    /// Where a field of this size ends that begins at `offset` or behind it.
    pub fn end(self, offset: usize) -> usize {
        offset.next_multiple_of(self.align) + self.size
    }
}

/// The room for a value of the type.
pub fn room(ty: &Type) -> Room {
    match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(_) | Type::TraitObject(_) => Room::of(16, 8),
            Type::Path(path) if path.path.is_ident("str") => Room::of(16, 8),
            _ => Room::of(8, 8),
        },
        Type::Ptr(_) | Type::BareFn(_) => Room::of(8, 8),
        Type::Paren(inner) => room(&inner.elem),
        Type::Group(inner) => room(&inner.elem),
        Type::Array(array) => {
            let element = room(&array.elem);
            let count = match &array.len {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Int(number) => number.base10_parse().unwrap_or(64),
                    _ => 64,
                },
                _ => 64,
            };
            Room::of(element.size.saturating_mul(count), element.align)
        }
        Type::Tuple(tuple) => tuple
            .elems
            .iter()
            .map(room)
            .fold(Room::of(0, 1), |all, part| {
                Room::of(part.end(all.size), all.align.max(part.align))
            }),
        Type::Path(path) => path.path.segments.last().map_or(Room::UNKNOWN, named),
        _ => Room::UNKNOWN,
    }
}

fn named(segment: &syn::PathSegment) -> Room {
    match segment.ident.to_string().as_str() {
        "bool" | "u8" | "i8" => Room::of(1, 1),
        "u16" | "i16" => Room::of(2, 2),
        "u32" | "i32" | "f32" | "char" => Room::of(4, 4),
        "u128" | "i128" => Room::of(16, 16),
        "u64" | "i64" | "f64" | "usize" | "isize" | "Box" | "Rc" | "Arc" => Room::of(8, 8),
        "Duration" | "Instant" => Room::of(16, 8),
        "Range" => {
            argument(segment).map_or(Room::UNKNOWN, |bound| Room::of(2 * bound.size, bound.align))
        }
        _ => Room::UNKNOWN,
    }
}

fn argument(segment: &syn::PathSegment) -> Option<Room> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(room(ty)),
        _ => None,
    }
}
