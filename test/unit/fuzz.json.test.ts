import { fuzz } from '../support/fuzz';

// As many as of both YAML examples together: all mutations of the three are 20,000.
fuzz('putuo-ecology-2025.disclosure.json', 10_000, 3);
