use state_future::state_future;

struct Part(String);

impl Part {
    fn join(self, other: &str) -> usize {
        self.0.len() + other.len()
    }
}

async fn pause() {}

#[state_future]
async fn array(list: [Part; 3], flag: bool) -> usize {
    pause().await;
    if flag {
        let [first, ..] = list;
        pause().await;
        return first.0.len();
    }
    0
}

#[state_future]
async fn whole_array(list: [Part; 2]) -> usize {
    pause().await;
    match list {
        [first, second] => {
            pause().await;
            first.0.len() + second.0.len()
        }
    }
}

#[state_future]
async fn receiver_with_a_temporary(pair: (Part, Part)) -> usize {
    pause().await;
    let length = pair.0.join(&String::from("other"));
    pause().await;
    length
}

#[state_future]
async fn receiver_before_an_await_and_a_temporary(pair: (Part, Part)) -> usize {
    let length = pair.0.join(match std::future::ready("other").await {
        other => &String::from(other),
    });
    pause().await;
    length
}

#[state_future]
async fn closure(pair: (Part, Part)) -> usize {
    pause().await;
    let take = || drop(pair.0);
    take();
    pause().await;
    0
}

#[state_future]
async fn moving_closure(pair: ((Part, Part), Part)) -> usize {
    pause().await;
    let mut first = Part(String::new());
    let length = move || {
        (first, _) = pair.0;
        first.0.len()
    };
    pause().await;
    drop(length);
    0
}

#[state_future]
async fn given_back_in_part() -> usize {
    let mut nested = ((Part(String::new()), Part(String::new())), 3);
    drop(nested.0.0);
    pause().await;
    nested.0 = (Part(String::new()), Part(String::new()));
    pause().await;
    nested.1
}

#[state_future]
async fn moved_and_borrowed_mutably(pair: (Part, &mut (Part, Part))) -> usize {
    pause().await;
    match pair {
        (own, (first, _)) if own.0.len() > 1 => {
            first.0.clear();
            pause().await;
            own.0.len()
        }
        _ => 0,
    }
}

#[state_future]
async fn bound_here_or_there(pair: (u8, Part, Part)) -> usize {
    pause().await;
    match pair {
        (1, part, _) | (_, _, part) => {
            pause().await;
            part.0.len()
        }
    }
}

enum Choice {
    One(u8, Part),
    Two(Part, u8),
}

const NOTHING: Option<u8> = None;

#[state_future]
async fn bound_beside_a_constant(pair: (Option<u8>, Part, Part)) -> usize {
    pause().await;
    match pair {
        (Some(1), part, _) | (NOTHING, _, part) => {
            pause().await;
            part.0.len()
        }
        _ => 0,
    }
}

#[state_future]
async fn bound_in_variants(choice: (Choice, Part)) -> usize {
    pause().await;
    match choice {
        (Choice::One(_, part) | Choice::Two(part, _), _) => {
            pause().await;
            part.0.len()
        }
    }
}

fn main() {}
