// The bundler takes style sheets; to the type checker they are nothing.
declare module '*.css' {}
