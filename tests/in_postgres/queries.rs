//! The queries as the documentation has them.

const PAGE: &str = include_str!("../../docs/saved.md");

/// The documented query that begins so.
pub fn query(beginning: &str) -> String {
    let mut found = all().filter(|query| query.starts_with(beginning));
    let query = found
        .next()
        .unwrap_or_else(|| panic!("no query begins with {beginning}"));
    assert!(
        found.next().is_none(),
        "several queries begin with {beginning}"
    );
    query
}

/// What makes the tables.
pub fn tables() -> String {
    let tables: Vec<_> = all().filter(|query| query.starts_with("CREATE")).collect();
    assert_eq!(tables.len(), 3);
    tables.join(";\n")
}

fn all() -> impl Iterator<Item = String> {
    let (_, section) = PAGE.split_once("## In PostgreSQL").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let code = section.lines().filter_map(|line| line.strip_prefix("    "));
    let code: Vec<_> = code
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect();
    let queries: Vec<_> = code
        .join("\n")
        .split(';')
        .map(|query| query.trim().to_owned())
        .collect();
    queries.into_iter().filter(|query| !query.is_empty())
}
