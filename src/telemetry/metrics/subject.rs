//! How the table is written: the macro that makes of the rows of one subject what is folded, what is added up over a
//! stretch of time, what the result says, and the list of its metrics.

/// Declares a subject: first what is folded of one such thing, then the rows of the result in the order of its keys,
/// then what conditions alone can ask for.
///
/// What is folded: `counts` and `reasons` are counters (reasons: one for each `Failure`), `sums` add up amounts,
/// `levels` hold from one change to the next (`peaks` too, and know their greatest value), `times` are latencies, `kept` is anything else, which windows leave out.
///
/// A row is `key: kind(how) .option(…) …;`. `how` is a function of the sums of any stretch of time (a level stands there
/// for its integral, a latency for how many were recorded), or the name of what was folded:
///
/// | kind | what it is | value |
/// | --- | --- | --- |
/// | `count(f)` | how often something happened | u64 |
/// | `rate(f)` | the same per simulated second | f64 |
/// | `reasons(name)` | failures by reason | [`Failures`](super::Failures) |
/// | `mean(level)`, `now(level)` | a level's mean over time, what it is now | f64, u32 |
/// | `max(peak)` | the greatest value of a level | u64 |
/// | `share(f)` | a part of its whole; 0 where there is no whole | f64 |
/// | `each(f)` | an amount per thing; 0 where there is no thing | f64 |
/// | `times(name)` | latencies in milliseconds | [`Summary`](crate::telemetry::Summary) |
/// | `kept(name: type)` | what was kept under this name | type |
/// | `given(type)` | what the fold alone does not know: its default, until it is filled in | type |
///
/// The options are the methods of [`Metric`](super::Metric).
macro_rules! subject {
    (@all
        $(#[$about:meta])*
        $result:ident ($tally:ident, $sums:ident, $window:ident): $subject:ident;
        counts: $($count:ident)*;
        reasons: $($reason:ident)*;
        sums: $($sum:ident)*;
        levels: $($level:ident)*;
        peaks: $($peak:ident)*;
        times: $($time:ident)*;
        kept: $($kept:ident: $kept_type:ty,)*;
        reports {
            $($(#[$doc:meta])* $key:ident: $kind:ident $how:tt $(.$option:ident $value:tt)*;)*
        }
        asks { $($name:literal: $asked:ident $over:tt;)* }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct $result { $($(#[$doc])* pub $key: type_of!($kind $how),)* }

        #[doc = concat!("What is folded for a [`", stringify!($result), "`] since measuring began.")]
        #[derive(Clone, Debug)]
        #[expect(missing_docs, reason = "the rows of the table say what each is")]
        pub struct $tally {
            $(pub $count: u64,)*
            $(pub $reason: [u64; Failure::COUNT],)*
            $(pub $sum: u64,)*
            $(pub $level: Level,)*
            $(pub $peak: Peak,)*
            $(pub $time: Latency,)*
            $(pub $kept: $kept_type,)*
        }

        #[doc = concat!("What was added up for a [`", stringify!($result), "`] over a stretch of time.")]
        ///
        /// Levels are integrals, in nanoseconds; latencies are how many were recorded.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the rows of the table say what each is")]
        pub struct $sums {
            $(pub $count: u64,)*
            $(pub $reason: [u64; Failure::COUNT],)*
            $(pub $sum: u128,)*
            $(pub $level: u128,)*
            $(pub $peak: u128,)*
            $(pub $time: u64,)*
        }

        #[doc = concat!("What was added up for a [`", stringify!($result), "`] over one window.")]
        ///
        /// Levels are integrals, in nanoseconds (see [`mean`](crate::telemetry::Window::mean)); latencies are how many
        /// were recorded.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the rows of the table say what each is")]
        pub struct $window {
            $(pub $count: u32,)*
            $(pub $reason: [u32; Failure::COUNT],)*
            $(pub $sum: u64,)*
            $(pub $level: u64,)*
            $(pub $peak: u64,)*
            $(pub $time: u32,)*
        }

        #[allow(dead_code, unused_variables, reason = "not every subject has something of every kind")]
        impl $tally {
            /// Nothing yet; what happens from `from` on is measured, and levels are zero.
            pub(in crate::telemetry) fn new(from: SimTime) -> $tally {
                $tally {
                    $($count: 0,)*
                    $($reason: [0; Failure::COUNT],)*
                    $($sum: 0,)*
                    $($level: Level::new(0, from),)*
                    $($peak: Peak::new(0, from),)*
                    $($time: Latency::default(),)*
                    $($kept: Default::default(),)*
                }
            }

            /// About how many bytes a clone takes.
            pub(in crate::telemetry) fn memory_bytes(&self) -> usize {
                size_of::<$tally>() $(+ self.$time.memory_bytes())*
            }

            /// Adds what another counted of the same: of steps that go under one name. Levels stay as they are.
            pub(in crate::telemetry) fn add(&mut self, other: &$tally) {
                $(self.$count += other.$count;)*
                $(self.$reason.iter_mut().zip(other.$reason).for_each(|(own, other)| *own += other);)*
                $(self.$sum += other.$sum;)*
                $(self.$time.merge(&other.$time);)*
            }
        }

        #[allow(dead_code, unused_variables, reason = "not every subject has something of every kind")]
        impl $result {
            /// What the result says of it, measured from `from` to `now`; what is given is left at its default.
            pub(in crate::telemetry) fn report(tally: &$tally, from: SimTime, now: SimTime) -> $result {
                let sums = &<$result as Measured>::sums(tally, now);
                $result { $($key: result_of!($sums, tally, sums, from, now, $kind $how),)* }
            }
        }

        #[allow(unused_variables, reason = "not every subject has something of every kind")]
        impl Measured for $result {
            type Tally = $tally;
            type Sums = $sums;
            type Window = $window;
            const SUBJECT: Subject = Subject::$subject;
            const METRICS: &'static [Metric<$result>] = &[
                $(Metric::<$result>::reported(
                    stringify!($key),
                    |it: &$result| value_of!(it.$key, $kind),
                    over_of!($sums, $kind $how),
                ) $(.$option $value)*,)*
                $(Metric::<$result>::asked_alone($name, over_of!($sums, $asked $over)),)*
            ];

            fn sums(tally: &$tally, now: SimTime) -> $sums {
                $sums {
                    $($count: tally.$count,)*
                    $($reason: tally.$reason,)*
                    $($sum: u128::from(tally.$sum),)*
                    $($level: tally.$level.area(now),)*
                    $($peak: tally.$peak.area(now),)*
                    $($time: tally.$time.count(),)*
                }
            }

            fn between(before: &$sums, after: &$sums) -> $window {
                $window {
                    $($count: (after.$count - before.$count) as u32,)*
                    $($reason: std::array::from_fn(|at| (after.$reason[at] - before.$reason[at]) as u32),)*
                    $($sum: (after.$sum - before.$sum) as u64,)*
                    $($level: (after.$level - before.$level) as u64,)*
                    $($peak: (after.$peak - before.$peak) as u64,)*
                    $($time: (after.$time - before.$time) as u32,)*
                }
            }

            fn add(sums: &mut $sums, window: &$window) {
                $(sums.$count += u64::from(window.$count);)*
                $(sums.$reason.iter_mut().zip(window.$reason).for_each(|(own, more)| *own += u64::from(more));)*
                $(sums.$sum += u128::from(window.$sum);)*
                $(sums.$level += u128::from(window.$level);)*
                $(sums.$peak += u128::from(window.$peak);)*
                $(sums.$time += u64::from(window.$time);)*
            }
        }
    };
    (
        $(#[$about:meta])*
        $result:ident ($tally:ident, $sums:ident, $window:ident): $subject:ident;
        $(counts: $($count:ident)*;)?
        $(reasons: $($reason:ident)*;)?
        $(sums: $($sum:ident)*;)?
        $(levels: $($level:ident)*;)?
        $(peaks: $($peak:ident)*;)?
        $(times: $($time:ident)*;)?
        $(kept: $($kept:ident: $kept_type:ty),*;)?
        $(reports { $($reports:tt)* })?
        $(asks { $($asks:tt)* })?
    ) => {
        subject! {
            @all
            $(#[$about])*
            $result($tally, $sums, $window): $subject;
            counts: $($($count)*)?;
            reasons: $($($reason)*)?;
            sums: $($($sum)*)?;
            levels: $($($level)*)?;
            peaks: $($($peak)*)?;
            times: $($($time)*)?;
            kept: $($($kept: $kept_type,)*)?;
            reports { $($($reports)*)? }
            asks { $($($asks)*)? }
        }
    };
}

/// The type of a row's value.
macro_rules! type_of {
    (count $how:tt) => {
        u64
    };
    (rate $how:tt) => {
        f64
    };
    (reasons $how:tt) => {
        Failures
    };
    (mean $how:tt) => {
        f64
    };
    (max $how:tt) => {
        u64
    };
    (now $how:tt) => {
        u32
    };
    (share $how:tt) => {
        f64
    };
    (each $how:tt) => {
        f64
    };
    (times $how:tt) => {
        Summary
    };
    (kept ($name:ident: $type:ty)) => {
        $type
    };
    (given ($type:ty)) => {
        $type
    };
}

/// A row's value in a result.
macro_rules! result_of {
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, count ($how:expr)) => {
        taken::<$sums, u64>($all, $how)
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, rate ($how:expr)) => {
        per_second(taken::<$sums, u64>($all, $how), $from, $now)
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, reasons ($name:ident)) => {
        Failures($all.$name)
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, mean ($level:ident)) => {
        $tally.$level.mean($from, $now)
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, max ($level:ident)) => {
        $tally.$level.max()
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, now ($level:ident)) => {
        $tally.$level.value() as u32
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, share ($how:expr)) => {
        share(taken::<$sums, (u128, u128)>($all, $how))
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, each ($how:expr)) => {
        share(taken::<$sums, (u128, u128)>($all, $how))
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, times ($name:ident)) => {
        $tally.$name.summary()
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, kept ($name:ident: $type:ty)) => {
        $tally.$name.clone()
    };
    ($sums:ident, $tally:ident, $all:ident, $from:ident, $now:ident, given ($type:ty)) => {
        Default::default()
    };
}

/// A row's value as tables print it.
macro_rules! value_of {
    ($it:ident.$key:ident, count) => {
        Value::Count($it.$key)
    };
    ($it:ident.$key:ident, max) => {
        Value::Count($it.$key)
    };
    ($it:ident.$key:ident, now) => {
        Value::Count($it.$key.into())
    };
    ($it:ident.$key:ident, rate) => {
        Value::Number($it.$key)
    };
    ($it:ident.$key:ident, mean) => {
        Value::Number($it.$key)
    };
    ($it:ident.$key:ident, each) => {
        Value::Number($it.$key)
    };
    ($it:ident.$key:ident, share) => {
        Value::Share($it.$key)
    };
    ($it:ident.$key:ident, reasons) => {
        Value::Reasons($it.$key)
    };
    ($it:ident.$key:ident, times) => {
        Value::Times($it.$key)
    };
    ($it:ident.$key:ident, kept) => {
        ToValue::value(&$it.$key)
    };
    ($it:ident.$key:ident, given) => {
        ToValue::value(&$it.$key)
    };
}

/// How conditions take a row from a stretch of time.
macro_rules! over_of {
    ($sums:ident, count ($how:expr)) => {
        Over::<$sums>::Count($how)
    };
    ($sums:ident, reasons ($name:ident)) => {
        Over::<$sums>::Reasons(|sums| &sums.$name)
    };
    ($sums:ident, mean ($level:ident)) => {
        Over::<$sums>::Mean(|sums| sums.$level)
    };
    ($sums:ident, share ($how:expr)) => {
        Over::<$sums>::Share($how)
    };
    ($sums:ident, each ($how:expr)) => {
        Over::<$sums>::Each($how)
    };
    ($sums:ident, time ($how:expr)) => {
        Over::<$sums>::Time($how)
    };
    ($sums:ident, $other:ident $how:tt) => {
        Over::<$sums>::Nothing
    };
}
