use state_future::state_future;

struct Type;

#[state_future]
impl Type {
    async extern "C" fn outside(&self) {}


    #[target_feature(enable = "sse2")]
    async unsafe fn with_feature(&self) {}

    #[rustfmt::skip]
    async fn many(
        &self, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8, _: u8,
        _one_more: u8,
    ) {}
}

fn main() {}
