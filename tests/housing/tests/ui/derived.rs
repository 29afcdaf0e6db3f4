use state_future::state_future;

async fn read(_buffer: &mut Vec<u8>) {}
async fn sleep() {}

#[derive(Clone)]
struct Sleep;

impl std::future::Future for Sleep {
    type Output = ();
    fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        std::task::Poll::Ready(())
    }
}

#[state_future]
#[derive(Clone)]
async fn the_future_borrows_a_variable() -> usize {
    let mut buffer = Vec::new();
    read(&mut buffer).await;
    buffer.len()
}

#[state_future(named)]
#[derive(Clone)]
async fn a_variable_borrows_another() -> usize {
    let text = String::new();
    let word = text.trim();
    Sleep.await;
    word.len()
}

#[state_future]
#[derive(Clone)]
async fn the_future_is_not_clone() {
    sleep().await;
}

#[state_future]
#[derive(PartialEq, Clone)]
async fn the_scrutinee_borrows(text: Option<String>) {
    match &text {
        Some(_) => Sleep.await,
        None => {}
    }
}

#[state_future]
#[derive(Clone)]
async fn an_argument_borrows_another((ref left, _right): (String, String)) -> usize {
    Sleep.await;
    left.len()
}

#[state_future]
#[derive(Clone)]
async fn borrows_between_awaits_are_fine(text: Option<String>) -> usize {
    let mut length = match &text {
        Some(text) => text.len(),
        None => 0,
    };
    Sleep.await;
    if let Some(text) = &text {
        length += text.len();
    }
    for letter in text.iter() {
        length += letter.len();
    }
    Sleep.await;
    length
}

struct Unique;

#[state_future]
#[derive(Clone, PartialEq)]
async fn a_variable_is_not_clone() {
    let unique = Unique;
    Sleep.await;
    drop(unique);
}

#[state_future]
#[derive(Clone)]
async fn relies_on_being_the_only_one(number: Box<u32>) -> u32 {
    let pointer = Box::into_raw(number);
    Sleep.await;
    *unsafe { Box::from_raw(pointer) }
}

#[state_future]
#[derive(PartialEq, Clone)]
async fn relies_on_it_too(number: Box<u32>) {
    unsafe { drop(number) }
}

#[state_future]
#[derive(Deserialize)]
async fn has_no_name() {}

#[state_future]
#[derive(Default)]
async fn cannot_be_derived() {}

impl Unique {
    #[state_future]
    #[derive(Clone)]
    async fn cannot_be_seen(&self) {
        Sleep.await;
    }
}

#[state_future]
#[derive(Clone)]
async fn has_a_value_later(yes: bool) -> u32 {
    let number;
    if yes {
        number = 1;
    } else {
        number = 2;
    }
    Sleep.await;
    number
}

#[derive(Clone)]
#[state_future]
async fn in_the_wrong_order() {}

fn main() {}
