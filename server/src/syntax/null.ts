/** Plain spellings of YAML's null: to us the same printed blank as nothing at all. */
export const NULL = /^(?:~|null|Null|NULL|)$/;
