// A name inside a sentence keeps its own direction and leaves the sentence's alone (Unicode's first-strong isolate).

export const isolated = (name: string): string => `\u2068${name}\u2069`;
