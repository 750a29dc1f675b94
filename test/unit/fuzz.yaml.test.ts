import { fuzz } from '../support/fuzz';

fuzz('tianyuan-2024.disclosure.yaml', 5000, 1);
fuzz('putuo-finance-2024.disclosure.yaml', 5000, 2);
