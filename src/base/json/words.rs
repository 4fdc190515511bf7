//! What can be wrong with a JSON text or a document, and how to mend it. `{0}`, `{1}` … are places for what was found
//! there.

// The text.
problems! {
    TOO_LONG: "the text has {0} bytes; at most {1} are read" => "split the scenario, or shorten its description";
    AT_LINE: "line {0}, column {1}: {2}" => "{3}";
    AFTER_END: "there is more text after the end" => "keep one JSON value and remove the rest";
    COMMENT: "JSON has no comments" => "remove the comment, or write it into \"description\"";
    SINGLE_QUOTES: "strings stand in double quotes" => "write \"…\" instead of '…'";
    NO_VALUE: "a value is missing here" => "add it, or remove the comma before it";
    EARLY_END: "the text ends too early" => "add what is missing: a value, or a closing } or ]";
    NO_JSON: "this is no JSON value" => "text stands in double quotes: \"20ms\"";
    TOO_DEEP: "arrays and objects nest deeper than 128" => "nest less deep";
    NO_COMMA_IN_ARRAY: "expected a comma or ]" => "put a comma between two items, and ] after the last";
    NO_COMMA_IN_OBJECT: "expected a comma or }" => "put a comma between two fields, and } after the last";
    LAST_COMMA: "a comma stands before the closing }" => "remove the comma";
    NO_NAME: "expected a field name" => "field names stand in double quotes: \"kind\"";
    NO_COLON: "expected a colon after the field name" => "write \"name\": value";
    OPEN_STRING: "a string has no end" => "close it with a double quote";
    CONTROL: "a line break or control character in a string" => "write \\n for a new line";
    NO_UTF8: "the text is not UTF-8" => "save the file as UTF-8";
    HALF_PAIR: "half of a surrogate pair" => "write the character itself";
    ESCAPE: "an unknown escape in a string" => "write \\\\ for a backslash";
    HEX: "\\u needs four hexadecimal digits" => "write the character itself";
    NO_DIGIT: "a digit is missing in a number" => "write it as 0.5, 20 or 1e3";
    LEADING_ZERO: "a number begins with a needless 0" => "remove the leading zeros";
    TOO_LARGE: "a number is too large" => "the largest is about 1.8e308";
}

// The values of a document.
problems! {
    MORE: "there is more wrong than this" => "mend these, then check again";
    MISSING: "\"{0}\" is missing" => "add it";
    NO_FIELD: "there is no field \"{0}\" here" => "fields are {1}";
    TOO_MANY: "there are {0} of them" => "leave at most {1}";
    NO_PLACE: "nothing is at this place" => "places are counted from 0";
    NO_DURATION: "{0}" => "write \"20s\"";
    NO_OBJECT: "this is not an object" => "write an object";
    NO_LIST: "this is not a list" => "write a list";
    NO_STRING: "this is not a string" => "write a string";
    NO_NUMBER: "this is not a number" => "write a number";
    NO_FLAG: "this is not true or false" => "write true or false";
}
