//! The words of what can be wrong with a run that is put on record, or with one more change to it. `{0}` is a place for
//! what was found.

problems! {
    NO_RECORD: "this is no record of a run that is known here" => "it says \"record\": 1";
    NO_VARIANTS: "there is none" => "write a list of one or two variants";
    NO_ORDER: "it is earlier than the entry before it" => "write entries in order of time";
    SET_TO: "it does not say to what the parameter is set" => "write \"to\": value";
    NO_ACTION: "it does not say what was done" => "write \"set\" and \"to\", \"inject\" or \"heal\"";
    NO_VARIANT: "there is no such variant" => "\"in\" is 0 for the first, 1 for the second";
    NO_BREAKER: "it does not say which breaker was set to what" =>
        "write \"breaker\": [caller, callee] and \"to\": \"forced_open\", \"disabled\" or \"closed\"";
    NO_INSTANT: "this is not an instant" => "write whole nanoseconds, at most a hundred days";
    MANY_CHANGES: "more than {0} changes to one run" => "restart: the settings stay, the list begins anew";
}
