//! What may leak under a leak detector: whatever rustc's own future leaks.

/// Runs `action` and keeps what it leaks off the leak detector's report, if there is one.
pub fn unreported<T>(action: impl FnOnce() -> T) -> T {
    let _guard = Unreported::begin();
    action()
}

/// While it lives, the detector ignores what this thread allocates.
struct Unreported;

impl Unreported {
    fn begin() -> Self {
        #[cfg(feature = "leak-sanitizer")]
        // SAFETY: the function takes nothing and counts up; `drop` counts down again.
        unsafe {
            __lsan_disable();
        }
        Self
    }
}

impl Drop for Unreported {
    fn drop(&mut self) {
        #[cfg(feature = "leak-sanitizer")]
        // SAFETY: `begin` has counted up, once for every value of this type.
        unsafe {
            __lsan_enable();
        }
    }
}

#[cfg(feature = "leak-sanitizer")]
unsafe extern "C" {
    fn __lsan_disable();
    fn __lsan_enable();
}
