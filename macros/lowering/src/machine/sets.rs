//! Sets of small numbers, fast enough to look at thousands of layouts.

/// A set of small numbers.
#[derive(Clone, Default)]
pub struct Set {
    /// Most sets need no more than this, and no memory of their own.
    first: u64,
    rest: Vec<u64>,
}

impl Set {
    pub fn insert(&mut self, member: usize) {
        let bit = 1 << (member % 64);
        match (member / 64).checked_sub(1) {
            None => self.first |= bit,
            Some(word) => {
                if self.rest.len() <= word {
                    self.rest.resize(word + 1, 0);
                }
                self.rest[word] |= bit;
            }
        }
    }

    pub fn has(&self, member: usize) -> bool {
        let word = match (member / 64).checked_sub(1) {
            None => self.first,
            Some(word) => self.rest.get(word).copied().unwrap_or(0),
        };
        word >> (member % 64) & 1 == 1
    }

    pub fn intersection(&self, other: &Set) -> Set {
        let words = self.rest.iter().zip(&other.rest);
        Set {
            first: self.first & other.first,
            rest: words.map(|(one, other)| one & other).collect(),
        }
    }

    pub fn union(&self, other: &Set) -> Set {
        let (long, short) = match self.rest.len() < other.rest.len() {
            true => (other, self),
            false => (self, other),
        };
        let mut union = long.clone();
        union.first |= short.first;
        for (word, more) in union.rest.iter_mut().zip(&short.rest) {
            *word |= more;
        }
        union
    }

    pub fn is_within(&self, other: &Set) -> bool {
        let mut words = self.rest.iter().enumerate();
        self.first & !other.first == 0
            && words.all(|(index, word)| word & !other.rest.get(index).copied().unwrap_or(0) == 0)
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(members: I) -> Self {
        let mut set = Set::default();
        members.into_iter().for_each(|member| set.insert(member));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn sets_grow_and_compare() {
        let small: Set = [1, 70].into_iter().collect();
        let large: Set = [1, 2, 70, 200].into_iter().collect();
        assert!(small.has(70) && !small.has(2) && !small.has(1000));
        assert!(small.is_within(&large) && !large.is_within(&small));
        assert!(small.union(&large).has(200) && large.union(&small).has(70));
        assert!(large.intersection(&small).is_within(&small));
        assert!(Set::default().is_within(&small));
    }
}
