use state_future::state_future;

#[state_future]
async fn mismatched(n: u32) -> String {
    std::future::ready(()).await;
    n
}

#[state_future]
async fn unknown_type(n: Missing) -> u32 {
    std::future::ready(()).await;
    n.len()
}

struct Type;

#[state_future]
impl Type {
    async fn unknown_method(&self) -> u32 {
        self.missing().await
    }
}

fn main() {}
