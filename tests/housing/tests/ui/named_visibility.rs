use state_future::state_future;

pub mod outer {
    use super::state_future;

    pub mod inner {
        use super::super::state_future;

        #[state_future(named)]
        async fn hidden() {}

        #[state_future(named)]
        pub(super) async fn above() {}

        #[state_future(named)]
        pub(in crate::outer) async fn within() {}

        #[state_future(named)]
        pub(crate) async fn everywhere() {}

        pub struct Client;

        #[state_future(named)]
        impl Client {
            async fn hidden_method(&self) {}
            pub(crate) async fn open_method(&self) {}
        }

        pub fn sees(_: Hidden, _: HiddenMethod<'_>) {}
    }

    #[state_future(named)]
    pub async fn uses() {
        let above: inner::Above = inner::Above::new();
        above.await;
        let within: inner::Within = inner::within();
        within.await;
    }
}

fn open(_: outer::inner::Everywhere, _: outer::inner::OpenMethod<'_>, _: outer::Uses) {}

fn private_in_module(_: outer::inner::Hidden) {}
fn private_method(_: outer::inner::HiddenMethod<'_>) {}
fn of_the_module_above(_: outer::inner::Above) {}
fn of_a_path(_: outer::inner::Within) {}
fn new_is_as_visible() {
    let _ = outer::inner::Hidden::new;
    let _ = outer::inner::Everywhere::new;
}

fn main() {}
