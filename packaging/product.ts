import path from 'node:path';
import manifest from '../package.json';

export const root = path.join(__dirname, '..');
export const { version } = manifest;
