use state_future::state_future;

struct Plain;

#[state_future]
impl Plain {
    fn name(&self) -> &str {
        "plain"
    }
}

#[state_future]
trait Named {
    fn named(&self) -> u32;
}

fn main() {
    Plain.name();
}
