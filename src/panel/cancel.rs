//! Whether the user has asked a call to end.
//!
//! Whoever works asks between two pieces of it. Only the thread that began the call can hear the user; it does so when it
//! asks itself, or while it waits for others, and then the others learn of it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

/// How often the user is listened to.
pub const PAUSE: Duration = Duration::from_millis(50);

/// Whether the user has asked a call to end.
pub struct Cancel<'a> {
    asked: AtomicBool,
    listener: Option<Listener<'a>>,
}

struct Listener<'a> {
    /// The thread that began the call, and when.
    thread: ThreadId,
    begun: Instant,
    /// When it listens next, in milliseconds from then.
    next: AtomicU64,
    heard: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Cancel<'a> {
    /// A call that nobody can end; or, if it `ended`, one that somebody has.
    #[must_use]
    pub const fn deaf(ended: bool) -> Self {
        Self { asked: AtomicBool::new(ended), listener: None }
    }

    /// A call begun on this thread; `heard` tells whether the user has asked it to end.
    pub fn listening(heard: &'a (dyn Fn() -> bool + Sync)) -> Self {
        let thread = std::thread::current().id();
        let next = AtomicU64::new(millis(PAUSE));
        Self {
            asked: AtomicBool::new(false),
            listener: Some(Listener { thread, begun: Instant::now(), next, heard }),
        }
    }

    /// Whether it is known that the call is to end; costs next to nothing, and listens to nobody.
    pub fn known(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether the call is to end; to be asked again and again by whoever works, though not more often than every few
    /// microseconds: it looks at the clock.
    pub fn asked(&self) -> bool {
        if self.known() {
            return true;
        }
        let Some(listener) = &self.listener else { return false };
        let now = millis(listener.begun.elapsed());
        if now < listener.next.load(Ordering::Relaxed) || std::thread::current().id() != listener.thread {
            return false;
        }
        listener.next.store(now + millis(PAUSE), Ordering::Relaxed);
        let heard = (listener.heard)();
        self.asked.store(heard, Ordering::Relaxed);
        heard
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_thread_listens_and_all_are_told() {
        let heard = || true;
        let cancel = Cancel::listening(&heard);
        assert!(!cancel.asked());
        std::thread::sleep(PAUSE + Duration::from_millis(5));
        assert!(!std::thread::scope(|scope| scope.spawn(|| cancel.asked()).join()).unwrap_or(true));
        assert!(cancel.asked());
        assert!(std::thread::scope(|scope| scope.spawn(|| cancel.asked()).join()).unwrap_or(false));
        assert!(Cancel::deaf(true).asked() && !Cancel::deaf(false).asked());
    }
}
