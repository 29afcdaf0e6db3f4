//! The places that a pattern looks at.

use syn::{Member, Pat};

use super::parts::Path;

/// A place that a pattern looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited {
    pub path: Path,
    /// Only which variant is there is read, not what is in its fields.
    pub is_shallow: bool,
}

/// The places within the one at `path` that matching it against `pattern` reads, borrows or moves. What the other fields hold does not
/// matter: it may be gone.
///
/// A tuple struct cannot be told from a variant. A field of an enum has no place that an expression could have moved, so
/// that they are treated alike is no loss.
pub fn visited(pattern: &Pat, path: &[String]) -> Vec<Visited> {
    let mut places = Vec::new();
    visit(pattern, path, &mut places);
    places
}

fn visit(pattern: &Pat, path: &[String], places: &mut Vec<Visited>) {
    let at = |is_shallow| Visited {
        path: path.to_vec(),
        is_shallow,
    };
    match pattern {
        Pat::Wild(_) | Pat::Rest(_) => {}
        Pat::Paren(inner) => visit(&inner.pat, path, places),
        Pat::Type(typed) => visit(&typed.pat, path, places),
        Pat::Or(alternatives) => {
            for alternative in &alternatives.cases {
                visit(alternative, path, places);
            }
        }
        Pat::Tuple(tuple) => elements(tuple.elems.iter().collect(), path, places),
        Pat::TupleStruct(tuple) => {
            places.push(at(true));
            elements(tuple.elems.iter().collect(), path, places);
        }
        Pat::Struct(fields) => {
            places.push(at(true));
            for field in &fields.fields {
                visit(&field.pat, &child(path, &field.member), places);
            }
        }
        _ => places.push(at(false)),
    }
}

fn elements(patterns: Vec<&Pat>, path: &[String], places: &mut Vec<Visited>) {
    let rest = patterns
        .iter()
        .position(|pattern| matches!(pattern, Pat::Rest(_)));
    let from_the_end = rest.map_or(&[][..], |rest| &patterns[rest + 1..]);
    if from_the_end
        .iter()
        .any(|pattern| !matches!(pattern, Pat::Wild(_)))
    {
        // Their numbers are not known.
        places.push(Visited {
            path: path.to_vec(),
            is_shallow: false,
        });
        return;
    }
    for (number, pattern) in patterns.iter().enumerate() {
        visit(pattern, &child(path, &Member::from(number)), places);
    }
}

/// The place of a field of what is at `path`.
pub fn child(path: &[String], member: &Member) -> Path {
    let mut path = path.to_vec();
    path.push(match member {
        Member::Named(name) => name.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    });
    path
}

#[cfg(test)]
mod tests {
    use super::visited;
    use syn::parse::Parser;

    /// The places as text; a shallow one in brackets.
    fn places(pattern: &str) -> String {
        let pattern = syn::Pat::parse_multi.parse_str(pattern).unwrap();
        let places = visited(&pattern, &["*".to_string()]);
        let texts = places.iter().map(|place| match place.is_shallow {
            true => format!("[{}]", place.path.join(".")),
            false => place.path.join("."),
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn fields_that_are_left_are_not_visited() {
        assert_eq!(places("Pair { left, .. }"), "[*] *.left");
        assert_eq!(places("Pair { left: (_, b), right: _ }"), "[*] *.left.1");
        assert_eq!(places("(a, _, ..)"), "*.0");
        assert_eq!(places("Wrapper(_, ref b)"), "[*] *.1");
    }

    #[test]
    fn what_is_counted_from_the_end_may_be_any() {
        assert_eq!(places("(.., b)"), "*");
        assert_eq!(places("(a, .., _)"), "*.0");
    }

    #[test]
    fn others_visit_the_whole() {
        for pattern in [
            "x",
            "x @ Some(_)",
            "[a, ..]",
            "&(a, _)",
            "1..=3",
            "Kind::One",
        ] {
            assert_eq!(places(pattern), "*", "{pattern}");
        }
        assert_eq!(places("_"), "");
    }
}
