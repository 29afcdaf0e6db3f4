//! How much room a variable probably takes: good enough to choose an order of fields by, and nothing else rests on it.

use syn::{Expr, GenericArgument, Lit, PathArguments, Type};

/// Size and alignment.
#[derive(Clone, Copy, PartialEq)]
pub struct Room {
    pub size: usize,
    pub align: usize,
}

impl Room {
    pub const UNKNOWN: Room = Room::of(24, 8);
    pub const FUTURE: Room = Room::of(32, 8);
    pub const LARGE_FUTURE: Room = Room::of(256, 8);
    /// Of a small number, where more was expected.
    pub const SMALL: Room = Room::of(4, 4);
    pub const BYTE: Room = Room::of(1, 1);

    const fn of(size: usize, align: usize) -> Room {
        Room { size, align }
    }

    /// Where a field of this size ends that begins at `offset` or behind it.
    pub fn end(self, offset: usize) -> usize {
        offset.next_multiple_of(self.align) + self.size
    }
}

/// The room for a value of the type, as far as its name tells.
pub fn room(ty: &Type) -> Option<Room> {
    Some(match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(_) | Type::TraitObject(_) => Room::of(16, 8),
            Type::Path(path) if path.path.is_ident("str") => Room::of(16, 8),
            _ => Room::of(8, 8),
        },
        Type::Ptr(_) | Type::BareFn(_) => Room::of(8, 8),
        // Known is only that it is no number.
        Type::Infer(_) => Room::UNKNOWN,
        Type::Paren(inner) => room(&inner.elem)?,
        Type::Group(inner) => room(&inner.elem)?,
        Type::Array(array) => {
            let element = room(&array.elem).unwrap_or(Room::UNKNOWN);
            let count = match &array.len {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Int(number) => number.base10_parse().unwrap_or(64),
                    _ => 64,
                },
                _ => 64,
            };
            Room::of(element.size.saturating_mul(count), element.align)
        }
        Type::Tuple(tuple) => {
            let mut all = Room::of(0, 1);
            for part in &tuple.elems {
                let part = room(part)?;
                all = Room::of(part.end(all.size), all.align.max(part.align));
            }
            all
        }
        Type::Path(path) => named(path.path.segments.last()?)?,
        _ => return None,
    })
}

fn named(segment: &syn::PathSegment) -> Option<Room> {
    Some(match segment.ident.to_string().as_str() {
        "bool" | "u8" | "i8" => Room::of(1, 1),
        "u16" | "i16" => Room::of(2, 2),
        "u32" | "i32" | "f32" | "char" => Room::of(4, 4),
        "u128" | "i128" => Room::of(16, 16),
        "u64" | "i64" | "f64" | "usize" | "isize" | "Box" | "Rc" | "Arc" => Room::of(8, 8),
        "Duration" | "Instant" => Room::of(16, 8),
        "String" | "Vec" => Room::of(24, 8),
        "Range" => {
            let bound = argument(segment)?;
            Room::of(2 * bound.size, bound.align)
        }
        _ => return None,
    })
}

fn argument(segment: &syn::PathSegment) -> Option<Room> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => room(ty),
        _ => None,
    }
}
