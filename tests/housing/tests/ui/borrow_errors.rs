use state_future::state_future;

#[state_future]
async fn moved(text: String) -> usize {
    drop(text);
    std::future::ready(()).await;
    text.len()
}

#[state_future]
async fn short<'a>(list: &mut Vec<&'a str>, text: &str) {
    std::future::ready(()).await;
    list.push(text);
}

trait Keep {
    async fn keep(&mut self, text: String) -> &str;
}

#[state_future]
impl Keep for Vec<String> {
    async fn keep(&mut self, text: String) -> &str {
        let kept = &text;
        self.push(text);
        kept
    }
}

fn main() {}
