// A receiver that is a place stays a place: the arguments of the call may still read it.

#[derive(Debug)]
struct Store {
    list: Vec<u32>,
    own: Noisy,
}

impl Store {
    fn add(&mut self, number: u32) -> &mut Self {
        self.own.touch();
        self.list.push(number);
        self
    }

    fn count(&self) -> u32 {
        self.own.look();
        self.list.len() as u32
    }
}

fn store() -> Store {
    Store {
        list: vec![1],
        own: noisy("store"),
    }
}

#[lower]
async fn push_own_length() -> Vec<usize> {
    let mut list = vec![7, 8];
    list.push({
        tick("pause").await;
        list.len()
    });
    list
}

#[lower]
async fn push_awaited_length() -> Vec<usize> {
    let mut list = vec![7, 8];
    list.push(leaf("length", 1, list.len()).await);
    list
}

#[lower]
async fn method_of_own_type() -> Store {
    let mut store = store();
    store.add(store.count() + leaf("more", 1, 1).await);
    store.add({
        let count = store.count();
        leaf("count", 1, count).await
    });
    store
}

#[lower]
async fn field_receiver() -> Store {
    let mut store = store();
    store.list.push({
        tick("pause").await;
        store.list.len() as u32
    });
    store
}

#[lower]
async fn parameter_receiver(mut list: Vec<u32>) -> Vec<u32> {
    list.insert(0, leaf("first", 1, list[list.len() - 1]).await);
    list
}

#[lower]
async fn reference_receiver(mut list: Vec<u32>) -> Vec<u32> {
    let reference = &mut list;
    reference.push(leaf("length", 1, reference.len() as u32).await);
    tick("pause").await;
    reference.push(3);
    list
}

#[lower]
async fn self_receiver_in_a_closure_free_chain() -> u32 {
    let mut store = store();
    store.add(leaf("one", 1, 1).await).add(leaf("two", 1, 2).await).count()
}

#[lower]
async fn indexed_receiver() -> Vec<Vec<u32>> {
    let mut lists = vec![vec![1], vec![2]];
    lists[1].push(leaf("element", 1, 5).await);
    lists[leaf("index", 1, 0).await].push(leaf("element", 1, 6).await);
    lists
}

#[lower]
async fn receiver_by_value(a: Noisy) -> u32 {
    a.rename("renamed").spend() + leaf("more", 1, 1).await
}

#[lower]
async fn receiver_by_value_with_awaited_argument() -> u32 {
    struct Adder(Noisy);
    impl Adder {
        fn add(self, number: u32) -> u32 {
            self.0.look() + number
        }
    }
    let adder = Adder(noisy("adder"));
    adder.add(leaf("argument", 1, 1).await)
}

#[lower]
async fn receiver_is_moved_then_rebuilt() -> u32 {
    struct Builder(Noisy, u32);
    impl Builder {
        fn with(self, number: u32) -> Self {
            Builder(self.0, self.1 + number)
        }
    }
    let builder = Builder(noisy("builder"), 0)
        .with(leaf("one", 1, 1).await)
        .with(leaf("two", 1, 2).await);
    tick("pause").await;
    builder.0.look() + builder.1
}

#[lower]
async fn receiver_by_reference_with_awaited_argument(a: Noisy) -> bool {
    struct Reader(Noisy);
    impl Reader {
        fn compare(&self, other: &Noisy, number: u32) -> bool {
            self.0.look() + number == other.look()
        }
    }
    let reader = Reader(noisy("reader"));
    reader.compare(&a, leaf("argument", 1, 1).await)
}

#[not_yet]
async fn map_entry() -> std::collections::BTreeMap<u32, u32> {
    let mut map = std::collections::BTreeMap::new();
    *map.entry(leaf("key", 1, 1).await).or_insert(0) += leaf("value", 1, 5).await;
    map.insert(2, leaf("length", 1, map.len() as u32).await);
    map
}

#[lower]
async fn string_building() -> String {
    let mut text = String::new();
    text.push_str(&leaf("word", 1, String::from("word")).await);
    text.push_str(&format!(" {}", leaf("length", 1, text.len()).await));
    text
}

#[lower]
async fn reborrow_of_a_parameter(list: &mut Vec<u32>) -> usize {
    list.push(leaf("one", 1, 1).await);
    helper(list).await;
    list.push(leaf("two", 1, list.len() as u32).await);
    list.len()
}

#[lower]
async fn helper(list: &mut Vec<u32>) {
    tick("helper").await;
    list.push(100);
}

#[lower]
async fn calls_with_reborrows() -> Vec<u32> {
    let mut list = vec![0];
    reborrow_of_a_parameter(&mut list).await;
    let reference = &mut list;
    helper(reference).await;
    helper(&mut *reference).await;
    reference.push(9);
    list
}

#[lower]
async fn index_assignment_with_own_length() -> Vec<usize> {
    let mut list = vec![0, 1, 2];
    list[2] = leaf("length", 1, list.len()).await;
    let last = list.len() - 1;
    list[last] += leaf("first", 1, list[0] + 5).await;
    list
}

cases! {
    push_own_length(),
    push_awaited_length(),
    method_of_own_type(),
    field_receiver(),
    parameter_receiver(vec![1, 2]),
    reference_receiver(vec![1, 2]),
    self_receiver_in_a_closure_free_chain(),
    indexed_receiver(),
    receiver_by_value(noisy("a")),
    receiver_by_value_with_awaited_argument(),
    receiver_is_moved_then_rebuilt(),
    receiver_by_reference_with_awaited_argument(noisy("a")),
    map_entry(),
    string_building(),
    calls_with_reborrows(),
    index_assignment_with_own_length(),
}
