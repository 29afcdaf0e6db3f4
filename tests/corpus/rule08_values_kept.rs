// Operands that are kept until a later one has been awaited: constants, unit structs, unique references that are used again.

#[derive(Debug)]
struct Unit;

impl Drop for Unit {
    fn drop(&mut self) {
        mark("~Unit");
    }
}

#[derive(Debug)]
struct Tagged(u32);

impl Drop for Tagged {
    fn drop(&mut self) {
        mark(format!("~Tagged {}", self.0));
    }
}

const TAG: Tagged = Tagged(7);

fn two<A, B>(a: A, b: B) -> u32 {
    mark("two");
    2
}

#[lower]
async fn constant() -> u32 {
    two(TAG, leaf("second", 1, 1).await)
}

#[lower]
async fn unit_struct() -> u32 {
    two(Unit, leaf("second", 1, 1).await)
}

#[lower]
async fn units_in_a_tuple() -> u32 {
    let tuple = (Unit, leaf("second", 1, 1).await, TAG, None::<Unit>);
    tick("pause").await;
    tuple.1
}

fn push(numbers: &mut Vec<u32>, number: u32) -> u32 {
    numbers.push(number);
    numbers.len() as u32
}

#[lower]
async fn reborrowed_parameter(numbers: &mut Vec<u32>) -> u32 {
    let first = push(numbers, leaf("first", 1, 1).await);
    let second = push(numbers, leaf("second", 1, 1).await);
    numbers.push(3);
    first + second + numbers.len() as u32
}

#[lower]
async fn reborrowed_local() -> u32 {
    let mut numbers = vec![1];
    let reference = &mut numbers;
    let first = push(reference, leaf("first", 1, 1).await);
    let second = push(reference, leaf("second", 1, 1).await);
    let moved = reference;
    let third = push(moved, leaf("third", 1, 1).await);
    first + second + third + numbers.len() as u32
}

#[lower]
async fn reborrowed_in_a_loop(mut numbers: Vec<u32>) -> u32 {
    let mut sum = 0;
    let last = numbers.first_mut();
    if let Some(reference) = last {
        fn add(to: &mut u32, number: u32) -> u32 {
            *to += number;
            *to
        }
        for number in 0..3 {
            sum += add(reference, leaf("turn", 1, number).await);
        }
    }
    sum
}

struct Log {
    lines: Vec<String>,
}

impl Log {
    #[lower]
    async fn all(&mut self, names: &[&str]) -> usize {
        async fn line(log: &mut Log, line: String) -> usize {
            tick("line").await;
            log.lines.push(line);
            log.lines.len()
        }
        for name in names {
            line(self, leaf("name", 1, name.to_string()).await).await;
        }
        self.lines.len()
    }
}

#[lower]
async fn reborrowed_self() -> usize {
    let mut log = Log { lines: Vec::new() };
    log.all(&["a", "b"]).await
}

#[lower]
async fn compound_with_questions(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers[0] += leaf("first", 1, 2).await;
    let index = 1;
    numbers[index] <<= leaf("second", 1, 2).await;
    *numbers.last_mut().unwrap() -= leaf("third", 1, 1).await;
    numbers
}

cases! {
    constant(),
    unit_struct(),
    units_in_a_tuple(),
    reborrowed_parameter: async {
        let mut numbers = Vec::new();
        reborrowed_parameter(&mut numbers).await
    },
    reborrowed_local(),
    reborrowed_in_a_loop(vec![5]),
    reborrowed_self(),
    compound_with_questions(vec![1, 2, 3]),
}
