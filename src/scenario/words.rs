//! The words of diagnostics: what is wrong with a scenario, and how to mend it. `{0}`, `{1}` … are places for what was
//! found there.

problems! {
    /// What another diagnostic says of a part of this text.
    AS_SAID: "{0}" => "{1}";
}

// Names.
problems! {
    VERSION: "version {0} of the language is not known" => "this program reads \"schema\": 1";
    UNKNOWN: "unknown {0} \"{1}\"" => "{2}";
    MISSING: "the field \"{0}\" is missing: {1}" => "{2}";
    NO_NODE: "there is no node \"{0}\"" => "{1}";
    OTHER_KIND: "\"{0}\" is of kind {1}; expected {2}" => "name a node of the right kind";
    NOT_CALLED: "\"{0}\" is of kind {1}; expected {2}" => "to send it a message, use \"publish\"";
    NOT_ASKED: "\"{0}\" is of kind {1}; expected {2}" => "to use a store, write \"read\" or \"write\"";
    NOT_SENT_TO: "\"{0}\" is of kind {1}; expected {2}" =>
        "to ask a service, use \"call\", or publish to a queue that it consumes";
    NO_ID: "\"{0}\" is no id" => "an id begins with a small letter and has at most 40 of a-z, 0-9, _ and -";
    TWICE: "this key is written twice" => "keep one of the two";
}
table! {
    pub const FIELD: &str = "field";
    pub const VALUE: &str = "value";
    pub const OPERATION: &str = "operation";
    pub const DID_YOU_MEAN: &str = "did you mean \"{0}\"?";
    pub const KNOWN_HERE: &str = "known here: {0}";
    pub const NAME_A_NODE: &str = "name a node: {0}";
    pub const NONE_YET: &str = "there is none yet";
}

// Values.
problems! {
    UNLIKE: "expected {0}, found {1}" => "{2}";
    NOT_ONE: "expected one {0}, found none" => "{1}";
    SEVERAL: "expected one {0}, found several" => "{1}";
    NO_KIND: "this node has no \"kind\"" => "{0}";
    NO_UNIT: "{0} is a bare number where a duration is due" => "write it with its unit: \"{0}ms\" or \"{0}s\"";
    LONG_TEXT: "this text is longer than {0} bytes" => "shorten it";
    NOT_WHOLE: "{0} is no whole number" => "{1}";
    OUT_OF_RANGE: "{0} is out of range" => "{1}";
    NO_DURATION: "\"{0}\" is no duration" =>
        "write a number and a unit (ns, us, ms, s, m, h): \"250us\", \"20ms\", \"1.5s\" or \"2m\"";
    LONG_DURATION: "\"{0}\" is too long" => "write at most \"1000h\"";
    NO_TIME: "this duration must be longer than nothing" => "write \"1ns\" or longer, or leave it out";
    TOO_MANY: "{0} entries; at most {1} are allowed" => "remove some";
    STEPS_NEST: "steps nest more than 8 deep" => "move some of them into an operation of a service";
    MANY_STEPS: "{0} steps in one operation; at most 64 are allowed" =>
        "move some of them into an operation of a service";
}

// What a shape expects, and how to write it.
problems! {
    ANY: "a value" => "write any JSON value";
    FLAG: "true or false" => "write true or false, without quotes";
    TEXT: "a text" => "write it in double quotes";
    NAME: "a name" => "write it in double quotes";
    NODE: "the id of a node" => "name a node of kind {0}";
    WHOLE: "a whole number" => "{0}, without quotes";
    NUMBER: "a number" => "{0}, without quotes";
    DURATION: "a duration" => "write a number and a unit, in double quotes: \"20ms\"";
    WORD: "a word" => "write one of: {0}";
    PAIR: "an array of two" => "write [first, second]";
    LIST: "an array" => "write [ … ]";
    MAP: "an object from names to values" => "write { \"name\": … }";
    STEPS: "an array of steps" => "write [ {\"work\": \"20ms\"} ]";
    RECORD: "an object" => "its fields: {0}";
    KINDS: "a node" => "write \"kind\" as one of: {0}";
    TAGGED: "an object with one key" => "one of: {0}";
    DIST: "a distribution" => "write \"20ms\" or {\"exponential\": \"20ms\"}";
    NUMBER_OR_DRAWN: "a number or a distribution" => "write 3 or {\"geometric\": 2.5}";
    EITHER: "another value" => "{0}";
}
table! {
    pub const ONE_KEY: &str = "write an object with one key: {0}";
    /// Between two kinds of which either will do.
    pub const OR: &str = " or ";
    pub const OR_ELSE: &str = "{0}, or {1}";
    pub const EXACTLY: &str = "write {0}";
    pub const WHOLE_FROM: &str = "write a whole number from {0} to {1}";
    pub const WHOLE_ABOVE: &str = "write a whole number above {0} up to {1}";
    pub const NUMBER_FROM: &str = "write a number from {0} to {1}";
    pub const NUMBER_ABOVE: &str = "write a number above {0} up to {1}";
}

// What must hold between the parts.
problems! {
    BOUNDS_TURNED: "the first bound is above the second" => "write the lesser of the two first";
    MIN_ABOVE_MAX: "\"min\" is above \"max\"" => "write the lesser of the two as \"min\"";
    NOTHING_TO_DRAW: "there is no value to draw" => "write [[\"10ms\", 0.99], [\"1s\", 0.01]]";
    NO_POINT: "there is no point" => "write [[\"0s\", 100], [\"30s\", 500]]";
    POINT_BEFORE: "this point is before the one that it follows" => "put the points in order of time";
    MORE_COPIES: "more copies than brokers" => "raise \"brokers\" or lower \"replication\"";
    MORE_IN_SYNC: "more copies must be in sync than there are" => "lower \"min_in_sync\"";
    CLIENT_ANSWERS: "a client has no caller to answer" =>
        "remove this step, or move it into an operation of a service";
    NO_BRANCH: "there is no branch to run" => "write {\"all\": [[…], […]]}, or remove this step";
    NO_WEIGHT: "no branch can be chosen" => "give at least one branch a weight above 0";
    EMPTY_SAGA: "there is nothing to do" => "write {\"saga\": [{\"do\": […], \"undo\": […]}]}";
    MANY_TURNS: "the innermost steps would run {0} times; at most 10000 are allowed" => "repeat less often";
    TWO_BUDGETS: "two kinds of budget at once" => "keep {0}";
    NO_REPLICA: "\"{0}\" has no such replica" => "its last one is {1}, counted from 0; leave it out for all";
    NO_BROKER: "\"{0}\" has no such broker" => "its last one is {1}, counted from 0";
    SELF_PARTITION: "a node cannot be parted from itself" => "name two different nodes";
    MIXED_RANGE: "a number and a duration" => "write two numbers or two durations";
    EMPTY_RANGE: "the range is empty" => "write the lower bound first";
    LOG_RANGE: "a logarithmic range begins above 0" => "raise its lower bound";
    NUMBER_RANGE: "this range does not fit the parameter" => "the parameter is a number: write two numbers";
    DURATION_RANGE: "this range does not fit the parameter" => "the parameter is a duration: write two durations";
    NOT_SCALAR: "this is neither a number nor a duration" => "name a single value: only that can be turned";
    LINK_TWICE: "this link is described twice" => "keep one description for each direction";
    NO_TRAVEL: "nothing travels from \"{0}\" to \"{1}\"" =>
        "name two nodes of which one calls, publishes to or consumes from the other";
}

// Sizes.
problems! {
    OFFERED: "{0} requests a second are offered in total; at most 1000000 are allowed" =>
        "lower the rates of the clients";
    MANY_LINKS: "{0} links; at most {1} are allowed" => "let fewer nodes talk to each other";
    MANY_ROUTES: "the publish steps make too many different copies at their exchanges" =>
        "bind fewer queues, or publish in fewer places";
    MANY_PLACES: "the logs have {0} copies, claims and members; at most {1} fit" =>
        "lower \"partitions\" or \"replication\", or let fewer groups consume";
}

// Paths of parameters.
problems! {
    NO_PARAMETER: "there is no parameter \"{0}\"" => "{1}";
    NOTHING_THERE: "there is no \"{0}\" in {1}" => "{2}";
}
table! {
    pub const PATH_FORM: &str = "write field names with dots and indices in brackets: a.b[0].c";
    pub const KIND_STAYS: &str = "what a node is cannot be set; set the whole node";
    pub const WHOLE_OBJECT: &str = "set the whole object";
    pub const WHOLE_VALUE: &str = "set the whole value";
    pub const BY_INDEX: &str = "name an item by its index, from 0: [0]";
    pub const NOTHING_INSIDE: &str = "there is nothing further inside this value";
    pub const NONE_IN_FORM: &str = "the form \"{0}\" has none to set; set the whole value";
    pub const IS_OTHER: &str = "here it is \"{0}\"";
    pub const ITEMS: &str = "it has {0} items, counted from 0";
    pub const NAME_A_FIELD: &str = "name a field that is there";
}
