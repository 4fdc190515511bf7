//! The words of what can be wrong with a lesson's data. `{0}`, `{1}` … are places for what was found there.

// Data of any kind.
problems! {
    /// What another diagnostic says.
    AS_SAID: "{0}" => "{1}";
}

// A lesson.
problems! {
    NO_LESSON: "a lesson is an object" => "write { \"schema\": 1, \"title\": … }";
    NO_SCHEMA: "this schema is not known" => "write 1";
    NO_VARIANT: "there is no variant" => "write one or two";
    OTHER_VARIANT: "there is no such variant" => "write \"A\" or \"B\"";
    NO_FILE: "no file of this name came with the lesson" => "write the scenario here";
    NO_LEVEL: "there is no level \"{0}\"" => "write beginner, intermediate or advanced";
    NO_SPEED: "this is no speed" => "write a number from 0.01 to 1000";
    NO_DEED: "this does nothing" =>
        "write {\"inject\": fault}, {\"heal\": fault} or {\"set\": path, \"to\": value}";
    TWO_TASKS: "a step has a prediction or a task, not both" => "make two steps of it";
    NO_CHOICES: "a prediction needs choices, one of them right" =>
        "write two to six, and mark at least one as right";
    NO_ANSWERS: "a question needs answers, one of them right" =>
        "write two to six, and mark at least one as right";
    NOT_EXPLAINED: "a wrong answer needs an explanation" => "write \"because: …\" under it";
    NO_CURVE: "a curve needs what to expect" => "say it for two instants at least";
    NO_SCALE: "this is no scale" => "write the lower end first";
    NO_RANGE: "this is no range" => "write its two ends";
    OTHER_UNIT: "this is no number of what is measured: {0}" => "{1}";
    NO_COMPARISON: "a comparison needs two variants and what to compare" =>
        "write a variant B, and items with a value";
    MISREAD: "column {0}: {1}" => "{2}";
}

// Its text.
problems! {
    MARKS: "{0}" => "write {request} or {request|requests} or **words**";
    NO_PIECE: "this is no piece of a text" =>
        "write a string, or an object with \"strong\", \"em\", \"code\", \"term\" or \"gloss\"";
    OTHER_TERM: "{0}" => "write one of them";
    NO_COUNTERPART: "nothing on a stage is called \"{0}\"" => "write a term such as retry, or one of {1}";
}
table! {
    pub const NOT_CLOSED: &str = "the \"{0}\" is never closed";
    pub const NO_TERM: &str = "there is no term \"{0}\"; terms are {1}";
}

// Its conditions.
problems! {
    COMPARES: "this compares {0} with {1}" => "{2}";
    NOT_TOGETHER: "{0} and {1} do not go together" => "{2}";
    NOT_A_NUMBER: "\"{0}\" is not a number" => "write 0.5";
    NO_B: "there is no variant B" => "leave the B. away";
    NO_MEASURE: "there is no measure \"{0}\"" => "measures are {1}";
    NO_TOTAL: "\"{0}\" is no count and has no total" => "write \"over 10s\"";
    BOTH_HAVE: "both variants have this" => "write A. or B. before it";
    ABOUT_WHAT: "\"{0}\" needs what it is about" =>
        "write breaker(gateway→payment) opened, crashed(payment) or rebalanced(billing)";
    NO_STATE: "\"{0}\" is no state of a circuit breaker" => "states are {1}";
    NO_NODE: "the scenario has no node \"{0}\"" => "name the node that the fault names first";
    NUMBER_ALONE: "a number alone says nothing" => "compare it by <, <=, > or >=";
    FACT_FOR_NUMBER: "this is no number" => "write a measure or a number";
    TOO_DEEP: "this goes too deep" => "write it with fewer parentheses";
    NO_LENGTH: "a measure over no time has no value" => "write \"over 5s\"";
    DURATION: "{0}" => "write 10s";
    LEFT_OVER: "\"{0}\" is left over" => "a condition reads \"goodput(web) > 90/s for 10s\"";
    EXPECTED: "expected {0} before \"{1}\"" => "a condition reads \"goodput(web) > 90/s for 10s\"";
    NO_REASON: "\"{0}\" is no reason for which a client's requests fail" => "{1}";
    HAS_NOT: "\"{0}\" is not a node that has \"{2}\"" => "{1}";
    NO_THING: "the scenario has no \"{0}\"" => "{1}";
    NOT_CLEAR: "it is not clear whose \"{0}\" this is" => "{1}";
    NO_BREAKER: "the scenario has no circuit breaker between \"{0}\"" => "write breaker(caller→callee) with two ids";
    NO_SERVICE: "the scenario has no service \"{0}\"" => "see the ids of its nodes; write {1}(…) with one of them";
    NO_SUCH_NODE: "the scenario has no node \"{0}\"" =>
        "see the ids of its nodes; write {1}(…) with one of them";
    NO_GROUP: "the scenario has no group \"{0}\"" => "see the groups of its logs; write rebalanced(…) with one of them";
}
table! {
    pub const A_NUMBER: &str = "a number, a measure such as \"goodput(web)\", or a fact";
    pub const THE_END: &str = "the end";
    pub const TOTAL: &str = "\"total\"";
    pub const AROUND: &str = "\"after fault\" or \"before fault\"";
    pub const MOMENT: &str = "\"fault\" or \"repair\"";
    pub const NOTHING_HAS: &str = "nothing in the scenario has \"{0}\": ask for something else";
    pub const WRITE: &str = "write {0}";
    pub const OR: &str = " or ";
    pub const BARE: &str = "a plain number";
    pub const SHARE: &str = "a share, 0 to 1";
    pub const COUNT: &str = "a number of things";
    pub const RATE: &str = "a number per second";
    pub const TIME: &str = "a time";
    pub const RATIO: &str = "a ratio";
    pub const WRITE_SHARE: &str = "write 90%";
    pub const WRITE_RATE: &str = "write 90/s";
    pub const WRITE_TIME: &str = "write 500ms or 2s";
    pub const WRITE_NUMBER: &str = "write 12";
}
