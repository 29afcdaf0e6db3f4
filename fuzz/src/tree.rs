//! A program as a tree of templates: enough structure to print it and to take parts away from it.

use crate::grammar::Type;

/// What may stand in a node's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A statement with its semicolon, or nothing.
    Statement,
    /// An expression of this type.
    Expression(Type),
    /// Nothing but itself.
    Fixed,
}

/// A piece of program text with holes, which `$` marks, and what stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// What may take this node's place.
    pub sort: Sort,
    template: String,
    /// What stands in the holes, in order.
    pub children: Vec<Tree>,
}

/// The way from the root to a node.
pub type Path = Vec<usize>;

impl Tree {
    /// A node of this sort.
    ///
    /// # Panics
    /// If the template has more or fewer holes than there are children.
    pub fn new(sort: Sort, template: impl Into<String>, children: Vec<Tree>) -> Self {
        let template = template.into();
        assert_eq!(
            template.matches('$').count(),
            children.len(),
            "holes of `{template}`"
        );
        Self {
            sort,
            template,
            children,
        }
    }

    /// An expression of this type.
    pub fn expression(ty: &Type, template: impl Into<String>, children: Vec<Tree>) -> Self {
        Self::new(Sort::Expression(ty.clone()), template, children)
    }

    /// A statement.
    pub fn statement(template: impl Into<String>, children: Vec<Tree>) -> Self {
        Self::new(Sort::Statement, template, children)
    }

    /// Text that nothing may take the place of.
    pub fn fixed(template: impl Into<String>, children: Vec<Tree>) -> Self {
        Self::new(Sort::Fixed, template, children)
    }

    /// These nodes one after another, a line each.
    pub fn sequence(children: Vec<Tree>) -> Self {
        let template = vec!["$"; children.len()].join("\n");
        Self::fixed(template, children)
    }

    /// Its text, with `$` where the children stand.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The program text.
    pub fn print(&self) -> String {
        let mut text = String::new();
        self.print_into(&mut text);
        text
    }

    fn print_into(&self, text: &mut String) {
        let mut children = self.children.iter();
        for (index, piece) in self.template.split('$').enumerate() {
            if index > 0 {
                let child = children.next().expect("a child for each hole");
                child.print_into(text);
            }
            text.push_str(piece);
        }
    }

    /// The paths of all nodes, each before those below it.
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        self.collect_paths(&mut Vec::new(), &mut paths);
        paths
    }

    fn collect_paths(&self, path: &mut Path, paths: &mut Vec<Path>) {
        paths.push(path.clone());
        for (index, child) in self.children.iter().enumerate() {
            path.push(index);
            child.collect_paths(path, paths);
            path.pop();
        }
    }

    /// The node at the end of a path of this tree.
    pub fn at(&self, path: &[usize]) -> &Tree {
        path.iter().fold(self, |tree, &index| &tree.children[index])
    }

    /// The tree with another node at the end of this path.
    pub fn with(&self, path: &[usize], node: Tree) -> Tree {
        let Some((&index, rest)) = path.split_first() else {
            return node;
        };
        let mut tree = self.clone();
        tree.children[index] = self.children[index].with(rest, node);
        tree
    }

    /// How many nodes and characters it has: what shrinking makes less of.
    pub fn size(&self) -> usize {
        1 + self.template.trim().len() + self.children.iter().map(Tree::size).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn prints_children_in_their_holes() {
        let leaf = Tree::fixed("1", vec![]);
        let tree = Tree::fixed("f($, { $ })", vec![leaf.clone(), leaf.clone()]);
        assert_eq!(tree.print(), "f(1, { 1 })");
        let changed = tree.with(&[1], Tree::fixed("g($)", vec![leaf]));
        assert_eq!(changed.print(), "f(1, { g(1) })");
        assert_eq!(changed.paths().len(), 4);
        assert!(changed.size() > tree.size());
    }
}
